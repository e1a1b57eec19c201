namespace Writ.Server.Api;

/// <summary>What is wrong with a line of a list.</summary>
/// <param name="Line">Which, counted from 1.</param>
/// <param name="Detail">What, by member.</param>
internal sealed record ImportProblem(int Line, string Detail);
