namespace Writ.Ledger.Reading;

/// <summary>Where the records of a log from an index on begin: the batch holds that index, and what follows until the next entry.</summary>
internal readonly record struct BatchLocation(ulong FirstIndex, ulong Segment, long Offset);
