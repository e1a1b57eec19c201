namespace Writ.Cli.Api;

/// <summary>A place in an old segment that is not what was written.</summary>
internal sealed record DamageView(string File, long Offset, string Kind);
