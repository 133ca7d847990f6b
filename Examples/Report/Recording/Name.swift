import SocialCRM

/// A name from data or configuration that compares by bytes.
struct Name: TextIdentifier {
  let rawValue: String
  init(_ rawValue: String) { self.rawValue = rawValue }
}
