import ExplanationModel
import PluginHost
import TextExplain

/// README's example of using the library: the lines between the marks.
func libraryExample() throws -> [Attribution] {
  // example
  let classifier = try PluginHosting().open("sentiment.so")
  var options = ExplainerOptions()
  options.label = .name("positive")
  let document = try Explainer(classifier: classifier, options: options)
    .explain(Array("a great film".utf8))
  for attribution in document.explanations[0].attributions {
    print(attribution.text, attribution.value)
  }
  // example
  return document.explanations[0].attributions
}
