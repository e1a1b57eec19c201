namespace Writ.Ledger.Columns;

/// <summary>Whether a text is wanted. Asked once for each different text of a block, not once a row.</summary>
public delegate bool TextTest(ReadOnlySpan<byte> utf8);
