/// What a run found out, as a plain value: figures and a few examples, never the interactions themselves.
///
/// ``RunRecorder`` fills it from the outcomes of a run and its store; a host may fill it in any other way. ``html`` shows it.
/// Every list is in the order in which it is shown.
public struct RunReport: Sendable, Hashable {
  /// What was read, such as the name of a file.
  public var title: String
  /// How much the store holds.
  public var store = StoreFigures()
  /// What became of the input.
  public var intake = IntakeFigures()
  /// The time that ``volume`` and ``keywords`` are shown over.
  public var timeLine = TimeLine()
  /// How much was said and done, by who acted.
  public var volume: [VolumeSeries] = []
  /// Texts with the words of a rule, for each rule that looks for words.
  public var keywords: [KeywordFigures] = []
  /// How many people take part how deeply, deepest first.
  public var participation: [TierFigures] = []
  /// The people to whom most others pay attention.
  public var connected: [ConnectedPerson] = []
  /// How many people were active on each channel.
  public var channels: [ChannelFigures] = []
  /// How many people were active on each class of platforms.
  public var classes: [ClassFigures] = []
  /// How soon brands replied, all together.
  public var replies = ReplyFigures()
  /// How soon each brand replied.
  public var brands: [BrandFigures] = []
  /// Brands that are not in ``brands``.
  public var furtherBrands = 0
  /// Members of the segments, and who entered and left.
  public var segments: [SegmentFigures] = []
  /// What the rules proposed and held back.
  public var actions: [RuleFigures] = []
  /// People who turned out to be one.
  public var merges = MergeFigures()

  /// Creates a report of an empty run.
  public init(title: String) { self.title = title }
}
