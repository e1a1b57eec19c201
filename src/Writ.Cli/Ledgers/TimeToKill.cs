namespace Writ.Cli.Ledgers;

/// <summary>How long a kill took.</summary>
/// <param name="OrderedAt">When it was ordered.</param>
/// <param name="Us">Microseconds from when what it is for was noticed, or else ordered, until the last effect had ended.</param>
internal sealed record TimeToKill(DateTimeOffset OrderedAt, long Us);
