using System.Collections.Immutable;

namespace Writ.Governance.Querying.Answers;

/// <summary>One row of an answer.</summary>
/// <param name="Index">Where in the log its record lies; null for a row made of many.</param>
/// <param name="Values">
/// One a column: text, list of texts, <see cref="Guid"/>, <see cref="DateTimeOffset"/>, <see cref="decimal"/>, <see cref="long"/> (whole
/// numbers, and spans in microseconds), or null where there is none.
/// </param>
public sealed record AnswerRow(ulong? Index, ImmutableArray<object?> Values);
