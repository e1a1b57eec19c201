namespace Writ.Cedar.Analysis;

/// <summary>What a condition may come to.</summary>
[Flags]
internal enum Answers
{
    None = 0,
    True = 1,
    False = 2,
    Failing = 4,
    All = 7,
}
