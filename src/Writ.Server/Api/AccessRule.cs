namespace Writ.Server.Api;

/// <summary>Who may come to a route. Every route carries one; <see cref="CallerCheck"/> refuses to serve a route without.</summary>
internal abstract record AccessRule
{
    private AccessRule()
    {
    }

    /// <summary>Callers with a credential of one of these kinds; checked before the body is read.</summary>
    public sealed record Callers(CallerKinds Kinds) : AccessRule;

    /// <summary>A door: it authenticates and refuses in its own wire format.</summary>
    public sealed record Door : AccessRule;

    /// <summary>Anyone at all. Nothing of any organization is told.</summary>
    public sealed record Anyone : AccessRule;
}
