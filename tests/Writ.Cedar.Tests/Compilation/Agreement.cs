using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Tests.Compilation;

/// <summary>Compares the compiled evaluator with Reference in everything that an evaluation says.</summary>
internal static class Agreement
{
    /// <summary>What differs, both sides written out; null when nothing does.</summary>
    public static string? Difference(Compiled compiled, Request request, EntityStore entities, EvaluationBuffer buffer)
    {
        compiled.Evaluate(request, entities, buffer);
        var got = Describe(compiled.ToEvaluation(buffer));
        var wanted = Describe(Reference.Evaluate(compiled.Policies, request, entities));
        return got == wanted && buffer.Decision == Reference.Authorize(compiled.Policies, request, entities).Decision ? null : $"wanted {wanted}\ngot    {got}";
    }

    private static string Describe(Evaluation evaluation) =>
        $"{evaluation.Decision} permits [{string.Join(' ', evaluation.Permits.Select(p => p.Id))}] forbids [{string.Join(' ', evaluation.Forbids.Select(p => p.Id))}] "
        + $"errors [{string.Join("; ", evaluation.Errors.Select(e => $"{e.Policy.Id} {e.Position} {e.Kind} {e.Message}"))}]";
}
