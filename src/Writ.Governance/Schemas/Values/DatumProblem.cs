namespace Writ.Governance.Schemas.Values;

/// <summary>Why a JSON value cannot be read, and where.</summary>
internal sealed record DatumProblem(string Pointer, string Message);
