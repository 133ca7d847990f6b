import SocialCRM

/// The figures of a run as one JSON object.
///
/// All but `run` describe the store, so a run that brings nothing new gives the same again.
struct RunSummary {
  let counts: RunCounts
  let log: LogScan
  let figures: StateFigures

  var json: JSON {
    let report = log.meter.report()
    var members: [(key: String, value: JSON)] = [
      ("run", run), ("store", store), ("replies", Self.replies(report)), ("threads", Self.threads(report.threads)),
      ("segments", segments), ("tiers", tiers), ("actions", actions),
    ]
    if let snapshot = log.influence { members.append(("influence", influence(snapshot))) }
    return .object(JSONObject(members))
  }

  private var run: JSON {
    .object(
      JSONObject([
        ("rows", .int(counts.rows)), ("accepted", .int(counts.accepted)), ("duplicates", .int(counts.duplicates)),
        ("refused", .int(counts.refused)), ("unreadable", .int(counts.unreadable)),
      ]))
  }

  private var store: JSON {
    func time(_ instant: Instant?) -> JSON { instant.map { .string($0.description) } ?? .null }
    return .object(
      JSONObject([
        ("interactions", .int(log.interactions)), ("people", .int(figures.people)),
        ("accounts", .int(figures.accounts)), ("merges", .int(figures.merges)),
        ("firstEvent", time(log.firstEvent)), ("lastEvent", time(log.lastEvent)), ("time", time(log.clock)),
      ]))
  }

  private static func replies(_ report: ConversationReport) -> JSON {
    var members = measures(report.replies)
    members.append(
      (
        "brands",
        .array(
          report.brands.map { .object(JSONObject([("brand", .string($0.brand))] + measures($0.replies))) })
      ))
    return .object(JSONObject(members))
  }

  private static let shares = [
    ("min", 0), ("median", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("max", 1),
  ]

  private static func measures(_ replies: ReplyMeasures) -> [(key: String, value: JSON)] {
    var latency = JSONObject()
    for (name, share) in Self.shares {
      latency[name] = .optional(replies.latencies.percentile(share))
    }
    latency["mean"] = .optional(replies.latencies.mean)
    return [
      ("pairs", .int(replies.pairs)), ("answered", .int(replies.answered)), ("open", .int(replies.open)),
      ("negative", .int(replies.negative)), ("unmatched", .int(replies.unmatched)),
      ("latencySeconds", replies.latencies.count == 0 ? .null : .object(latency)),
    ]
  }

  private static func threads(_ threads: ThreadSizes) -> JSON {
    .object(
      JSONObject([
        ("count", .int(threads.count)), ("largest", .int(threads.largest)), ("messages", .int(threads.messages)),
        (
          "sizes",
          .array(
            threads.distribution.map {
              .object(JSONObject([("size", .int($0.size)), ("count", .int($0.count))]))
            })
        ),
      ]))
  }

  private var segments: JSON {
    .array(
      figures.segments.map { segment in
        .object(
          JSONObject([
            ("name", .string(segment.name)), ("version", .int(segment.version)), ("members", .int(segment.members)),
          ]))
      })
  }

  private var tiers: JSON {
    .object(JSONObject(ParticipationTier.allCases.map { ($0.rawValue, .int(figures.tiers[$0] ?? 0)) }))
  }

  private var actions: JSON {
    .array(
      figures.actions.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { rule, counts in
        var members: [(key: String, value: JSON)] = [("rule", .string(rule))]
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { members.append((name, .int(count))) }
        return .object(JSONObject(members))
      })
  }

  private func influence(_ snapshot: PublishedSnapshot) -> JSON {
    let top = figures.topInfluence.map { score -> JSON in
      .object(
        JSONObject([
          ("person", .string(score.person.description)),
          ("accounts", .array((figures.names[score.person] ?? []).map { .string($0) })),
          ("value", .double(score.value)),
        ]))
    }
    return .object(
      JSONObject([
        ("asOf", .string(snapshot.asOf.description)), ("people", .int(snapshot.scores.count)), ("top", .array(top)),
      ]))
  }
}
