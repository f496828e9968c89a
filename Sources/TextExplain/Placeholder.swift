enum TextExplainPlaceholder {}
