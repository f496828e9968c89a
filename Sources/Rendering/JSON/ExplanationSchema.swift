/// The JSON Schema (draft 2020-12) of what ``JSONRenderer`` writes: a document or an error record.
public let explanationSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "textexplain record",
    "description": "One line of textexplain's JSON output: the explanations of one text, or the error that took their place.",
    "oneOf": [{ "$ref": "#/$defs/document" }, { "$ref": "#/$defs/errorRecord" }],
    "$defs": {
      "document": {
        "title": "Explanation document",
        "description": "What one run found out about one text.",
        "type": "object",
        "required": ["schemaVersion", "generator", "text", "prediction", "tokens", "explanations", "evaluations"],
        "additionalProperties": false,
        "properties": {
          "schemaVersion": { "$ref": "#/$defs/schemaVersion" },
          "generator": { "$ref": "#/$defs/generator" },
          "plugin": { "$ref": "#/$defs/plugin" },
          "program": { "$ref": "#/$defs/program" },
          "text": { "description": "The text, exactly as given (or as repaired, where that was asked for).", "type": "string" },
          "prediction": { "$ref": "#/$defs/prediction" },
          "tokens": {
            "description": "Everything in the text that is not white space, in order.",
            "type": "array",
            "items": { "$ref": "#/$defs/token" }
          },
          "explanations": {
            "description": "One entry for each method and label, in the order asked for.",
            "type": "array",
            "items": { "oneOf": [{ "$ref": "#/$defs/shapley" }, { "$ref": "#/$defs/lime" }, { "$ref": "#/$defs/loo" }] }
          },
          "evaluations": { "$ref": "#/$defs/evaluations" },
          "agreement": { "$ref": "#/$defs/agreement" },
          "timings": { "$ref": "#/$defs/timings" }
        }
      },
      "errorRecord": {
        "title": "Error record",
        "description": "Stands in place of a document that could not be made.",
        "type": "object",
        "required": ["schemaVersion", "error"],
        "additionalProperties": false,
        "properties": {
          "schemaVersion": { "$ref": "#/$defs/schemaVersion" },
          "error": {
            "description": "What went wrong.",
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "description": "The error's name for programs, such as invalid-utf8.", "type": "string", "minLength": 1 },
              "message": { "description": "What is wrong, for people.", "type": "string" },
              "help": { "description": "What to do about it.", "type": "string" }
            }
          }
        }
      },
      "schemaVersion": { "description": "The version of this layout.", "const": "1" },
      "generator": {
        "description": "The program that made the document, and the Unicode data it used.",
        "type": "object",
        "required": ["name", "version", "icu", "unicode"],
        "additionalProperties": false,
        "properties": {
          "name": { "description": "The program's name.", "type": "string" },
          "version": { "description": "Its semantic version.", "type": "string" },
          "icu": { "description": "The version of ICU.", "type": "string" },
          "unicode": { "description": "The version of Unicode in that ICU.", "type": "string" }
        }
      },
      "plugin": {
        "description": "The plugin that scored the texts, down to its bytes.",
        "type": "object",
        "required": ["id", "name", "version", "file", "sha256"],
        "additionalProperties": false,
        "properties": {
          "id": { "description": "Permanent identifier of the classifier.", "type": "string" },
          "name": { "description": "Its name for people.", "type": "string" },
          "version": { "description": "Its semantic version.", "type": "string" },
          "file": { "description": "File name of the shared library, without its folder.", "type": "string" },
          "sha256": { "description": "SHA-256 of the shared library.", "type": "string", "pattern": "^[0-9a-f]{64}$" },
          "modelID": { "description": "Identifies the weights.", "type": "string" }
        }
      },
      "program": {
        "description": "The program that scored the texts, where it was no plugin.",
        "type": "object",
        "required": ["name", "command"],
        "additionalProperties": false,
        "properties": {
          "name": { "description": "The program's name for people.", "type": "string", "minLength": 1 },
          "command": { "description": "The command that started it, as it was given.", "type": "string", "minLength": 1 },
          "modelID": { "description": "Identifies the weights, as the program says.", "type": "string" }
        }
      },
      "prediction": {
        "description": "What the classifier says of the full text: one score a label.",
        "type": "object",
        "required": ["outputKind", "labels", "scores"],
        "additionalProperties": false,
        "properties": {
          "outputKind": {
            "description": "What the scores mean.",
            "enum": ["probability", "multilabel", "logProbability", "logit", "regression", "margin"]
          },
          "labels": { "description": "Names of the outputs.", "type": "array", "minItems": 1, "items": { "type": "string" } },
          "scores": { "description": "The scores, as the classifier gave them.", "type": "array", "minItems": 1, "items": { "type": "number" } },
          "truncated": { "description": "True where the model read only the beginning of the text.", "type": "boolean" },
          "truncatedAt": { "description": "UTF-8 offset of the first byte that the model did not read.", "type": "integer", "minimum": 0 }
        }
      },
      "token": {
        "description": "A segment of the text.",
        "type": "object",
        "required": ["index", "text", "kind", "utf8", "utf16", "scalars"],
        "additionalProperties": false,
        "properties": {
          "index": { "description": "Position in the list of tokens.", "type": "integer", "minimum": 0 },
          "text": { "description": "The token's own bytes.", "type": "string", "minLength": 1 },
          "kind": {
            "description": "What kind of segment it is.",
            "enum": ["word", "number", "ideograph", "kana", "emoji", "symbol", "punctuation", "other", "segment"]
          },
          "utf8": { "description": "Half-open range in UTF-8 bytes.", "$ref": "#/$defs/range" },
          "utf16": { "description": "Half-open range in UTF-16 code units.", "$ref": "#/$defs/range" },
          "scalars": { "description": "Half-open range in Unicode scalar values.", "$ref": "#/$defs/range" }
        }
      },
      "range": {
        "description": "Start, and the end that is not included.",
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": { "type": "integer", "minimum": 0 }
      },
      "shapley": {
        "title": "Shapley values",
        "description": "How much each player adds to the value, averaged over all orders in which the players can come in.",
        "type": "object",
        "required": [
          "method", "label", "labelIndex", "space", "players", "absent", "estimator", "exact", "baseValue", "value",
          "efficiencyGap", "attributions", "evaluations", "seed", "diagnostics"
        ],
        "additionalProperties": false,
        "properties": {
          "method": { "const": "shapley" },
          "label": { "$ref": "#/$defs/label" },
          "labelIndex": { "$ref": "#/$defs/labelIndex" },
          "space": { "$ref": "#/$defs/space" },
          "players": { "$ref": "#/$defs/players" },
          "absent": { "$ref": "#/$defs/absent" },
          "estimator": { "description": "How the values were obtained.", "enum": ["exact", "surrogate", "kernel", "permutation", "owen"] },
          "exact": { "description": "Whether the values are exact up to rounding.", "type": "boolean" },
          "certificate": { "$ref": "#/$defs/certificate" },
          "baseValue": { "$ref": "#/$defs/baseValue" },
          "value": { "$ref": "#/$defs/value" },
          "efficiencyGap": { "description": "Sum of the attributions less (value - baseValue): 0 up to rounding.", "type": "number" },
          "attributions": { "$ref": "#/$defs/attributions" },
          "interactions": {
            "description": "The strongest pair interactions, the strongest first, where they were asked for.",
            "type": "array",
            "items": { "$ref": "#/$defs/interaction" }
          },
          "evaluations": { "$ref": "#/$defs/evaluations" },
          "seed": { "$ref": "#/$defs/seed" },
          "converged": {
            "description": "Whether the largest standard error is small against the spread of the values, or where --settle-top asks for it, whether the strongest are told apart; absent where exact.",
            "type": "boolean"
          },
          "checks": { "$ref": "#/$defs/checks" },
          "diagnostics": { "$ref": "#/$defs/diagnostics" }
        }
      },
      "certificate": {
        "title": "Structure of the model",
        "description": "A structure of the model around the text from which the values follow, checked on coalitions drawn for that.",
        "type": "object",
        "required": ["name", "freshCoalitions"],
        "additionalProperties": false,
        "properties": {
          "name": {
            "description": "additive: the value is a sum of the players' effects; additive-logit and additive-algebraic: its logit, or c / sqrt(1 - c^2) for c = 2p - 1, is; pairwise: at most two players act together.",
            "enum": ["additive", "additive-logit", "additive-algebraic", "pairwise"]
          },
          "freshCoalitions": { "description": "How many coalitions were drawn for the check.", "type": "integer", "minimum": 1 },
          "bound": { "description": "With 95 % confidence no value is off by more.", "type": "number", "minimum": 0 }
        }
      },
      "interaction": {
        "title": "Pair interaction",
        "description": "What two players do together beyond what each does alone: the Shapley interaction index.",
        "type": "object",
        "required": ["players", "texts", "value"],
        "additionalProperties": false,
        "properties": {
          "players": {
            "description": "Two positions among the attributions, ascending.", "type": "array", "minItems": 2, "maxItems": 2,
            "items": { "type": "integer", "minimum": 0 }
          },
          "texts": { "description": "Their texts.", "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "string" } },
          "value": { "description": "The interaction.", "type": "number" },
          "standardError": { "description": "Its standard error, where it is estimated.", "type": "number", "minimum": 0 }
        }
      },
      "lime": {
        "title": "Word-presence LIME",
        "description": "The coefficients of a weighted linear surrogate, fitted to the model around the text.",
        "type": "object",
        "required": [
          "method", "label", "labelIndex", "space", "players", "absent", "mode", "samples", "kernelWidth", "selection",
          "baseValue", "value", "intercept", "localPrediction", "fidelity", "attributions", "evaluations", "seed",
          "diagnostics"
        ],
        "additionalProperties": false,
        "properties": {
          "method": { "const": "lime" },
          "label": { "$ref": "#/$defs/label" },
          "labelIndex": { "$ref": "#/$defs/labelIndex" },
          "space": { "$ref": "#/$defs/space" },
          "players": { "$ref": "#/$defs/players" },
          "absent": { "$ref": "#/$defs/absent" },
          "mode": {
            "description": "compatible: lime's definition to the letter; stable: what many of its draws tend to.",
            "enum": ["compatible", "stable"]
          },
          "samples": {
            "description": "Draws, the full text included; of mode stable the distinct evaluations reached.",
            "type": "integer",
            "minimum": 1
          },
          "effectiveSamples": {
            "description": "How many samples of equal weight would tell as much; of mode stable only.",
            "type": "number",
            "minimum": 1
          },
          "kernelWidth": {
            "description": "Width of the proximity kernel, in hundredths of cosine distance.",
            "type": "number",
            "exclusiveMinimum": 0
          },
          "selection": { "description": "How the players of the surrogate were selected.", "enum": ["none", "forward", "highest", "lasso"] },
          "baseValue": { "$ref": "#/$defs/baseValue" },
          "value": { "$ref": "#/$defs/value" },
          "intercept": { "description": "The surrogate's constant term.", "type": "number" },
          "localPrediction": { "description": "The surrogate's value for the full text.", "type": "number" },
          "fidelity": { "description": "Weighted R² of the surrogate on its own samples.", "type": "number", "maximum": 1 },
          "heldOutFidelity": {
            "description": "Weighted R² of predictions for each sample by the others, or on all coalitions where all were evaluated; of mode stable only.",
            "type": "number",
            "maximum": 1
          },
          "attributions": { "$ref": "#/$defs/attributions" },
          "evaluations": { "$ref": "#/$defs/evaluations" },
          "seed": { "$ref": "#/$defs/seed" },
          "converged": {
            "description": "Whether the strongest players are settled or the standard errors small; absent where nothing was asked or all coalitions were evaluated.",
            "type": "boolean"
          },
          "checks": { "$ref": "#/$defs/checks" },
          "diagnostics": { "$ref": "#/$defs/diagnostics" }
        }
      },
      "loo": {
        "title": "Leave-one-out",
        "description": "What the value loses without each player: v(N) - v(N without the player). The attributions do not add up to value - baseValue.",
        "type": "object",
        "required": [
          "method", "label", "labelIndex", "space", "players", "absent", "baseValue", "value", "attributions",
          "evaluations", "seed", "diagnostics"
        ],
        "additionalProperties": false,
        "properties": {
          "method": { "const": "loo" },
          "label": { "$ref": "#/$defs/label" },
          "labelIndex": { "$ref": "#/$defs/labelIndex" },
          "space": { "$ref": "#/$defs/space" },
          "players": { "$ref": "#/$defs/players" },
          "absent": { "$ref": "#/$defs/absent" },
          "baseValue": { "$ref": "#/$defs/baseValue" },
          "value": { "$ref": "#/$defs/value" },
          "attributions": { "$ref": "#/$defs/attributions" },
          "evaluations": { "$ref": "#/$defs/evaluations" },
          "seed": { "$ref": "#/$defs/seed" },
          "checks": { "$ref": "#/$defs/checks" },
          "diagnostics": { "$ref": "#/$defs/diagnostics" }
        }
      },
      "label": { "description": "The label that is explained.", "type": "string" },
      "labelIndex": { "description": "Its position among the prediction's labels.", "type": "integer", "minimum": 0 },
      "space": { "description": "The output space of all values.", "enum": ["probability", "logit", "raw"] },
      "players": {
        "description": "What a player is: one token, or all tokens with equal bytes.",
        "enum": ["occurrence", "type"]
      },
      "absent": {
        "description": "What an absent token leaves in the text: nothing, the string after 'replace:', or the model's own mask.",
        "type": "string",
        "pattern": "^(remove$|model$|replace:)"
      },
      "baseValue": { "description": "The value with every player absent.", "type": "number" },
      "value": { "description": "The value of the full text.", "type": "number" },
      "attributions": {
        "description": "One entry a player, in text order, also those with the value 0.",
        "type": "array",
        "items": {
          "description": "The number given to one player.",
          "type": "object",
          "required": ["player", "tokens", "text", "value"],
          "additionalProperties": false,
          "properties": {
            "player": { "description": "Position among the players.", "type": "integer", "minimum": 0 },
            "tokens": {
              "description": "Indices of the player's tokens, ascending.",
              "type": "array",
              "minItems": 1,
              "items": { "type": "integer", "minimum": 0 }
            },
            "text": { "description": "The bytes that the player's tokens share.", "type": "string" },
            "value": { "description": "A Shapley value, a surrogate's coefficient, or what the value loses without the player.", "type": "number" },
            "standardError": { "description": "Its standard error, where one was estimated.", "type": "number", "minimum": 0 }
          }
        }
      },
      "checks": {
        "description": "How faithful the explanation is to the model, where that was asked for and there are players. The ranking is that of the attributions, the largest signed one first, of equal ones the earlier in the text; values are in the explanation's space; what cannot be told is absent.",
        "type": "object",
        "required": ["bins", "evaluations"],
        "additionalProperties": false,
        "properties": {
          "comprehensiveness": {
            "description": "Mean over the bins of what the value loses without the top players; large is good.",
            "type": "number"
          },
          "sufficiency": {
            "description": "Mean over the bins of what the value loses with the top players alone; small is good.",
            "type": "number"
          },
          "bins": {
            "description": "1, 5, 10, 20 and 50 % of the players, rounded up; a share that makes as many players as the one before is left out.",
            "type": "array",
            "items": {
              "description": "What goes on at one share of the ranking.",
              "type": "object",
              "required": ["percent", "players", "comprehensiveness", "sufficiency"],
              "additionalProperties": false,
              "properties": {
                "percent": { "description": "The share of the players.", "enum": [1, 5, 10, 20, 50] },
                "players": { "description": "The number of players that it makes.", "type": "integer", "minimum": 1 },
                "comprehensiveness": { "description": "What the value loses without them.", "type": "number" },
                "sufficiency": { "description": "What the value loses with them alone.", "type": "number" }
              }
            }
          },
          "aopc": {
            "description": "Mean over k = 0 ... n of what the value loses without the top k players; large is good.",
            "type": "number"
          },
          "normalizedAOPC": {
            "description": "aopc between that of the worst order, 0, and that of the best, 1. Absent above 12 players (9 for a slow model), and where all orders are alike.",
            "type": "number",
            "minimum": 0,
            "maximum": 1
          },
          "deletionArea": {
            "description": "Area under the value against the share of the ranking that is taken out, by trapezoids; small is good.",
            "type": "number"
          },
          "insertionArea": {
            "description": "Area under the value against the share of the ranking that is put in, by trapezoids; large is good.",
            "type": "number"
          },
          "leaveOneOutTau": {
            "description": "Kendall's tau-b of the attributions and the leave-one-out values; absent where either ranks nothing.",
            "type": "number",
            "minimum": -1,
            "maximum": 1
          },
          "infidelity": {
            "description": "Mean squared error of what the attributions of absent players say the value loses. The size s of a coalition has a probability proportional to 1/(s(n - s)), coalitions of a size are equally likely. Absent below two players.",
            "type": "number",
            "minimum": 0
          },
          "infidelityRatio": {
            "description": "infidelity over the variance of the value on the same coalitions.",
            "type": "number",
            "minimum": 0
          },
          "heldOutR2": {
            "description": "R² of the explanation as an additive model, on coalitions that it was not made from; all sizes but 0 and n equally likely. Absent below two players.",
            "type": "number",
            "maximum": 1
          },
          "heldOutLocalR2": {
            "description": "The same, weighted by LIME's proximity kernel of width 25: near the text.",
            "type": "number",
            "maximum": 1
          },
          "heldOutCoalitions": {
            "description": "How many coalitions heldOutR2 is from; 0 where the explanation was made from all that there are, with which it is compared then.",
            "type": "integer",
            "minimum": 0
          },
          "efficiencyGap": { "description": "Magnitude of the sum of the attributions less (value - baseValue).", "type": "number", "minimum": 0 },
          "flipSize": { "description": "The number of players that flip takes out.", "type": "integer", "minimum": 1 },
          "flip": {
            "description": "A set of players without whom the label stands otherwise: ahead of all others, level with others, or behind; a label that stands alone is predicted or is not. Absent for regressions, which decide nothing.",
            "type": "object",
            "required": ["outcome"],
            "additionalProperties": false,
            "properties": {
              "outcome": {
                "description": "smallest: all smaller sets were tried in vain; irreducible: none of its players can be put back alone, smaller sets were not all tried; impossible: all sets were tried in vain; notFound: none was found among those tried.",
                "enum": ["smallest", "irreducible", "impossible", "notFound"]
              },
              "players": {
                "description": "The players, ascending.",
                "type": "array",
                "minItems": 1,
                "items": { "type": "integer", "minimum": 0 }
              },
              "texts": { "description": "The bytes of each.", "type": "array", "minItems": 1, "items": { "type": "string" } },
              "label": { "description": "The label that is predicted without them, where one of several is.", "type": "string" },
              "tied": { "description": "The labels that share the highest score without them, in place of label.", "type": "array", "minItems": 2, "items": { "type": "string" } }
            }
          },
          "removalTau": {
            "description": "Kendall's tau-b of the leave-one-out values under absent and under removalAlternative; absent where either ranks nothing.",
            "type": "number",
            "minimum": -1,
            "maximum": 1
          },
          "removalAlternative": {
            "description": "The other rule of what an absent token leaves in the text.",
            "type": "string",
            "pattern": "^(remove$|replace:)"
          },
          "evaluations": { "$ref": "#/$defs/evaluations" }
        }
      },
      "evaluations": {
        "description": "Model evaluations: distinct sets of present tokens.",
        "type": "object",
        "required": ["distinct"],
        "additionalProperties": false,
        "properties": {
          "budget": { "description": "The most that were allowed, where there was a limit.", "type": "integer", "minimum": 0 },
          "distinct": { "description": "The number that was needed.", "type": "integer", "minimum": 0 }
        }
      },
      "seed": { "description": "Seed of the random choices, in 64 bits.", "type": "integer", "minimum": 0 },
      "diagnostics": {
        "description": "Stated doubts.",
        "type": "array",
        "items": {
          "description": "A stated doubt.",
          "type": "object",
          "required": ["code", "message", "help"],
          "additionalProperties": false,
          "properties": {
            "code": {
              "description": "What kind of doubt.",
              "enum": [
                "no-players", "constant-model", "label-tie", "saturated", "truncated", "low-fidelity", "few-players",
                "not-converged", "owen-values"
              ]
            },
            "message": { "description": "What was seen, for people.", "type": "string" },
            "help": { "description": "What to do about it.", "type": "string" }
          }
        }
      },
      "agreement": {
        "description": "How far LIME and Shapley values agree, over types: Shapley values are summed over a type's occurrences.",
        "type": "object",
        "required": ["kendallTau", "top5Overlap"],
        "additionalProperties": false,
        "properties": {
          "kendallTau": { "description": "Kendall's tau-b.", "type": "number", "minimum": -1, "maximum": 1 },
          "top5Overlap": {
            "description": "Share of the strongest min(5, types) types that both have in common.",
            "type": "number",
            "minimum": 0,
            "maximum": 1
          }
        }
      },
      "timings": {
        "description": "Elapsed times in seconds.",
        "type": "object",
        "required": ["segmentationSeconds", "modelSeconds", "estimatorSeconds", "totalSeconds"],
        "additionalProperties": false,
        "properties": {
          "segmentationSeconds": { "description": "Splitting the text into tokens.", "type": "number", "minimum": 0 },
          "modelSeconds": { "description": "Scoring texts.", "type": "number", "minimum": 0 },
          "estimatorSeconds": { "description": "Everything else of the methods.", "type": "number", "minimum": 0 },
          "totalSeconds": { "description": "From the text to the explanation.", "type": "number", "minimum": 0 }
        }
      }
    }
  }
  """#
