using Writ.Governance.Querying.Indexing;

namespace Writ.Governance.Querying.Answers;

/// <summary>The heading of a column of an answer.</summary>
/// <param name="Name">As the query wrote it.</param>
/// <param name="Kind">What stands in it.</param>
public sealed record AnswerColumn(string Name, FieldKind Kind);
