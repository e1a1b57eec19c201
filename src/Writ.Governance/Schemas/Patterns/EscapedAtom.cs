namespace Writ.Governance.Schemas.Patterns;

/// <summary>What a backslash sequence stands for: one code point, or a set of them.</summary>
internal readonly struct EscapedAtom(CodePointSet set, int? single)
{
    public CodePointSet Set { get; } = set;

    public int? Single { get; } = single;

    public static EscapedAtom Of(int codePoint) => new(new CodePointSet().Add(codePoint), codePoint);
}
