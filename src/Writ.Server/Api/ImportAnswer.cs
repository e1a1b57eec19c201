using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>How many agents of a list there are now, how many of them from before, and which list that was.</summary>
internal sealed record ImportAnswer(int Imported, int Known, string Digest, ImmutableArray<ImportedView> Agents);
