using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Analysis;

/// <summary>
/// Looks for a request that makes a formula true, branch by branch. Ends after a bounded number of steps, on a bounded stack. Not thread
/// safe.
/// </summary>
internal sealed class Search(RequestSpace space, Func<Request, EntityStore, bool> isTrue, int maxSteps)
{
    private const int MaxDepth = 400;
    private int _steps;
    private string? _doubt;

    public SearchResult Run(Formula formula) => Branch(new SearchState(space), [formula], [], 0) switch
    {
        { } found => found,
        null when _doubt is not null => new SearchResult.Unknown(_doubt),
        null => SearchResult.Impossible.Instance,
    };

    // Null when nothing was found on the branch; then it holds nothing, unless there is a doubt.
    private SearchResult.Found? Branch(SearchState state, ImmutableStack<Formula> open, ImmutableList<Formula.AnyOf> choices, int depth)
    {
        if (_doubt is not null && _steps > maxSteps)
            return null;
        if (depth > MaxDepth)
        {
            _doubt = $"more than {MaxDepth} choices depend on each other";
            return null;
        }

        while (true)
        {
            while (!open.IsEmpty)
            {
                open = open.Pop(out var next);
                if (++_steps > maxSteps)
                {
                    _doubt = $"the search was given up after {maxSteps} steps";
                    return null;
                }

                switch (next)
                {
                    case Formula.AllOf all:
                        foreach (var part in all.Parts)
                            open = open.Push(part);
                        break;
                    case Formula.AnyOf any:
                        choices = choices.Add(any);
                        break;
                    case Formula.Atom atom when state.With(atom.Fact) is { } settled:
                        state = settled;
                        break;
                    default:
                        return null;
                }
            }

            if (choices.Count == 0)
                return Example(state);
            Formula.AnyOf? narrowest = null;
            Formula[] ways = [];
            foreach (var choice in choices)
            {
                var left = choice.Parts.Where(part => part is not Formula.Atom atom || state.With(atom.Fact) is not null).ToArray();
                _steps += choice.Parts.Length;
                if (narrowest is not null && left.Length >= ways.Length)
                    continue;
                (narrowest, ways) = (choice, left);
                if (left.Length <= 1)
                    break;
            }

            choices = choices.Remove(narrowest!);
            if (ways.Length == 0)
                return null;
            if (ways.Length == 1)
            {
                open = open.Push(ways[0]);
                continue;
            }

            foreach (var way in ways)
            {
                if (Branch(state, [way], choices, depth + 1) is { } found)
                    return found;
            }

            return null;
        }
    }

    private SearchResult.Found? Example(SearchState state)
    {
        for (var attempt = 0; attempt < ExampleBuilder.Attempts; attempt++)
        {
            _steps += 10;
            if (new ExampleBuilder(state, attempt).Build() is var (request, entities) && isTrue(request, entities))
                return new SearchResult.Found(request, entities);
        }

        _doubt ??= state.Opaque.Keys.FirstOrDefault() is { } hidden
            ? $"nothing is known of `{hidden}` beyond what it is asked"
            : "nothing excludes it, and no request was found";
        return null;
    }
}
