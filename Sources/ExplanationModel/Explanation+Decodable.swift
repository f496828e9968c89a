extension Explanation: Decodable {
  private enum Key: String, CodingKey {
    case method, label, labelIndex, space, players, absent, baseValue, value
    case attributions, evaluations, seed, checks, diagnostics
  }

  /// Reads the flat JSON object; `method` says which detail is there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let method = try container.decode(String.self, forKey: .method)
    let detail: Detail =
      switch method {
      case "shapley": .shapley(try ShapleyDetail(from: decoder))
      case "lime": .lime(try LimeDetail(from: decoder))
      case "loo": .leaveOneOut
      default:
        throw DecodingError.dataCorruptedError(
          forKey: .method, in: container, debugDescription: "unknown method '\(method)'")
      }
    self.init(
      label: try container.decode(String.self, forKey: .label),
      labelIndex: try container.decode(Int.self, forKey: .labelIndex),
      space: try container.decode(String.self, forKey: .space),
      players: try container.decode(String.self, forKey: .players),
      absent: try container.decode(String.self, forKey: .absent), detail: detail,
      baseValue: try container.decode(Double.self, forKey: .baseValue),
      value: try container.decode(Double.self, forKey: .value),
      attributions: try container.decode([Attribution].self, forKey: .attributions),
      evaluations: try container.decode(EvaluationCount.self, forKey: .evaluations),
      seed: try container.decode(UInt64.self, forKey: .seed),
      checks: try container.decodeIfPresent(Checks.self, forKey: .checks),
      diagnostics: try container.decode([Diagnostic].self, forKey: .diagnostics))
  }
}
