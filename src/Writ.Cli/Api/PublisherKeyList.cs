namespace Writ.Cli.Api;

/// <summary>The keys that bundles are signed with, and whether they have to be.</summary>
internal sealed record PublisherKeyList(bool Required, IReadOnlyList<PublisherKeyView> Keys);
