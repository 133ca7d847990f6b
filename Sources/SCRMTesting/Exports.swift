// A test of a host needs the loop as well; one import gives both.
@_exported public import SocialCRM
