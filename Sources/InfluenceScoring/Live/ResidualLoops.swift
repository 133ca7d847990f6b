/// The columns of ranks that change, inside a loop, in either precision.
enum ResidualLoops {
  case double(ResidualColumns<Double>)
  case single(ResidualColumns<Float>)

  func drain(_ waiting: inout [UInt32], threshold: Double, limit: Int, sums: inout ResidualSums) -> PassingWork {
    switch self {
    case .double(let columns): columns.drain(&waiting, threshold: threshold, limit: limit, sums: &sums)
    case .single(let columns): columns.drain(&waiting, threshold: threshold, limit: limit, sums: &sums)
    }
  }

  func pass(_ nodes: [UInt32], threshold: Double, sums: inout ResidualSums) -> PassingWork {
    switch self {
    case .double(let columns): columns.pass(nodes, threshold: threshold, sums: &sums)
    case .single(let columns): columns.pass(nodes, threshold: threshold, sums: &sums)
    }
  }

  func sweep(threshold: Double, sums: inout ResidualSums) -> PassingWork {
    switch self {
    case .double(let columns): columns.sweep(threshold: threshold, sums: &sums)
    case .single(let columns): columns.sweep(threshold: threshold, sums: &sums)
    }
  }

  func large(threshold: Double) -> [UInt32] {
    switch self {
    case .double(let columns): columns.large(threshold: threshold)
    case .single(let columns): columns.large(threshold: threshold)
    }
  }

  func takeOut(_ share: Double, of lacks: UnsafeBufferPointer<Double>, response: UnsafeBufferPointer<Double>) -> Double
  {
    switch self {
    case .double(let columns): columns.takeOut(share, of: lacks, response: response)
    case .single(let columns): columns.takeOut(share, of: lacks, response: response)
    }
  }

  func summedUp() -> ResidualSums {
    switch self {
    case .double(let columns): columns.summedUp()
    case .single(let columns): columns.summedUp()
    }
  }

  func error(at sample: TargetSample, later: [Double], without taken: Double, scale: Double) -> SampledError {
    switch self {
    case .double(let columns): columns.error(at: sample, later: later, without: taken, scale: scale)
    case .single(let columns): columns.error(at: sample, later: later, without: taken, scale: scale)
    }
  }
}
