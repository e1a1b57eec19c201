namespace Writ.Governance.Querying.Answers;

/// <summary>Up to three numbers that stand for the values of what records are grouped by; 0 for none.</summary>
internal readonly record struct GroupKey(int First, int Second, int Third)
{
    public GroupKey With(int place, int value) => place switch
    {
        0 => this with { First = value },
        1 => this with { Second = value },
        _ => this with { Third = value },
    };

    public int this[int place] => place switch { 0 => First, 1 => Second, _ => Third };
}
