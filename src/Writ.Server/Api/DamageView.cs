namespace Writ.Server.Api;

/// <summary>A place in an old segment that is not what was written.</summary>
/// <param name="File">The file, relative to the ledger's folder.</param>
/// <param name="Offset">Where in it, in bytes.</param>
/// <param name="Kind">What is wrong.</param>
internal sealed record DamageView(string File, long Offset, string Kind);
