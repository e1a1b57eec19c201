using System.Globalization;

namespace Writ.Ledger.Trust;

/// <summary>The rule that says which witnesses together are enough: nobody, one of them, or so many of a group.</summary>
internal abstract record Quorum
{
    private Quorum()
    {
    }

    public abstract bool IsMet(IReadOnlySet<string> cosigned);

    public abstract string Describe();

    /// <summary>No cosignature is asked for.</summary>
    public sealed record None : Quorum
    {
        public override bool IsMet(IReadOnlySet<string> cosigned) => true;

        public override string Describe() => "none";
    }

    /// <summary>This witness.</summary>
    public sealed record Witness(string Name) : Quorum
    {
        public override bool IsMet(IReadOnlySet<string> cosigned) => cosigned.Contains(Name);

        public override string Describe() => Name;
    }

    /// <summary>At least so many of the members, which are witnesses or groups.</summary>
    public sealed record Group(string Name, int Least, IReadOnlyList<Quorum> Members) : Quorum
    {
        public override bool IsMet(IReadOnlySet<string> cosigned) => Members.Count(member => member.IsMet(cosigned)) >= Least;

        public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Least} of ({string.Join(", ", Members.Select(m => m.Describe()))})");
    }
}
