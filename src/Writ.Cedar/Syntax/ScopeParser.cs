using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Syntax;

/// <summary>Parses the scope of a policy: <c>(principal ..., action ..., resource ...)</c>.</summary>
internal sealed class ScopeParser(TokenStream tokens)
{
    private readonly MemberParser _member = new(tokens);

    /// <summary>The scope with its parentheses; null after a report.</summary>
    public (EntityScope Principal, ActionScope Action, EntityScope Resource)? Parse()
    {
        if (!tokens.Expect("(") || !Variable("principal") || Entity("?principal") is not { } principal
            || !Comma("action") || !Variable("action") || Action() is not { } action
            || !Comma("resource") || !Variable("resource") || Entity("?resource") is not { } resource)
        {
            return null;
        }

        if (tokens.Accept(",") && !tokens.Is(")"))
        {
            tokens.Report("a scope has a principal, an action and a resource, and nothing more");
            return null;
        }

        return tokens.Expect(")") ? (principal, action, resource) : null;
    }

    private bool Variable(string name)
    {
        if (!tokens.Accept(name))
        {
            tokens.Unexpected($"`{name}`");
            return false;
        }

        if (!tokens.Is(":"))
            return true;
        tokens.Report($"a type is asked for with `{name} is T`");
        return false;
    }

    private bool Comma(string next)
    {
        if (tokens.Accept(","))
            return true;
        if (tokens.Is("is"))
            tokens.Report("the type comes first: write `is T in x`");
        else if (tokens.Is(")"))
            tokens.Report($"the scope ends without `{next}`");
        else
            tokens.Unexpected("`,`");
        return false;
    }

    private EntityScope? Entity(string slot)
    {
        if (tokens.Accept("is"))
        {
            if (_member.TypeName() is not { } type)
                return null;
            if (tokens.Is("=="))
            {
                tokens.Report("`is` goes with `in`, not with `==`: the entity tells its type");
                return null;
            }

            if (!tokens.Accept("in"))
                return new EntityScope.Is(type);
            return Target(slot) is { } container ? new EntityScope.IsIn(type, container) : null;
        }

        if (tokens.Accept("=="))
            return Target(slot) is { } equal ? new EntityScope.Equal(equal) : null;
        if (tokens.Accept("in"))
            return Target(slot) is { } container ? new EntityScope.In(container) : null;
        if (!OtherOperator("==, in or is"))
            return new EntityScope.Any();
        return null;
    }

    // Reports an operator that cannot stand in a scope.
    private bool OtherOperator(string allowed)
    {
        if (OperatorTable.Level(tokens) < 0)
            return false;
        tokens.Report(tokens.Is("=") ? "equality is written ==" : $"a scope compares with {allowed}; anything else is a condition");
        return true;
    }

    private ScopeTarget? Target(string slot)
    {
        if (tokens.Current.Kind == TokenKind.Slot)
        {
            if (!tokens.CurrentText.SequenceEqual(slot))
            {
                tokens.Report($"the slot of this scope is {slot}");
                return null;
            }

            tokens.Take();
            return ScopeTarget.Slot;
        }

        if (tokens.Is("["))
        {
            tokens.Report("only an action can be in a list: write one policy for each, or a condition");
            return null;
        }

        return Bracketed(() => Target(slot), () => _member.Entity() is { } uid ? (ScopeTarget)uid : null);
    }

    private ActionScope? Action()
    {
        if (tokens.Is("is"))
        {
            tokens.Report("an action has no `is`: name the action or its group");
            return null;
        }

        if (tokens.Accept("=="))
            return SingleAction() is { } action ? new ActionScope.Equal(action) : null;
        if (tokens.Accept("in"))
            return InActions();
        return OtherOperator("== or in") ? null : new ActionScope.Any();
    }

    private ActionScope? InActions() => Bracketed<ActionScope>(
        InActions,
        () => tokens.Is("[") ? ActionList() : SingleAction() is { } group ? new ActionScope.In(group) : null);

    private ActionScope.InAny? ActionList()
    {
        tokens.Take();
        var actions = ImmutableArray.CreateBuilder<EntityUid>();
        while (!tokens.Is("]"))
        {
            if (SingleAction() is not { } action)
                return null;
            actions.Add(action);
            if (!tokens.Is("]") && !tokens.Accept(","))
            {
                tokens.Unexpected("`,`", "`]`");
                return null;
            }
        }

        tokens.Take();
        return new ActionScope.InAny(actions.DrainToImmutable());
    }

    private EntityUid? SingleAction()
    {
        if (tokens.Current.Kind == TokenKind.Slot)
        {
            tokens.Report("an action has no slot");
            return null;
        }

        return Bracketed(SingleAction, () =>
        {
            var at = tokens.Position;
            if (_member.Entity() is not { } uid)
                return null;
            if (uid.Type.IsAction)
                return uid;
            tokens.Report(at, $"an action is of a type whose last name is Action, not of type {uid.Type}");
            return null;
        });
    }

    // Cedar takes the target of a scope in parentheses, any number of them.
    private T? Bracketed<T>(Func<T?> again, Func<T?> plain)
        where T : class
    {
        if (!tokens.Is("("))
            return plain();
        if (!tokens.Enter())
            return null;
        tokens.Take();
        if (again() is not { } inner || !tokens.Expect(")"))
            return null;
        tokens.Leave();
        return inner;
    }
}
