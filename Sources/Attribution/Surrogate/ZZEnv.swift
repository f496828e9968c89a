import Glibc
func envKernels(_ name: String, _ fallback: [PairKernel]) -> [PairKernel] {
  guard let p = getenv(name) else { return fallback }
  return String(cString: p).split(separator: ",").map { w in
    switch w {
    case "c": .interactions(order: 0, weighted: false)
    case "1": .interactions(order: 1, weighted: false)
    case "2": .interactions(order: 2, weighted: false)
    case "2w": .interactions(order: 2, weighted: true)
    case "3": .interactions(order: 3, weighted: false)
    case "3w": .interactions(order: 3, weighted: true)
    case "r3": .runs(length: 3)
    case "r2": .runs(length: 2)
    case "do": .decay(isOdd: true)
    case "de": .decay(isOdd: false)
    case "len": .length
    case "no": .neighbours(isOdd: true)
    case "ne": .neighbours(isOdd: false)
    default: fatalError(String(w))
    }
  }
}
func envInt(_ name: String, _ fallback: Int) -> Int {
  getenv(name).flatMap { Int(String(cString: $0)) } ?? fallback
}
