using System.Net;

namespace Writ.Governance.Shadows;

/// <summary>What a request showed at a door that proved nobody: headers and an address, nothing of a body. All of it is the caller's word.</summary>
/// <param name="Authorization">The header; empty where there was none.</param>
/// <param name="Address">Where it came from; null where that is not known.</param>
/// <param name="Door">Which door, in a word of Writ's own.</param>
/// <param name="Tried">What it wanted there: a path, a method, a tool.</param>
/// <param name="Client">What it says it is.</param>
public readonly record struct Knock(string? Authorization, IPAddress? Address, string Door, string Tried, string? Client);
