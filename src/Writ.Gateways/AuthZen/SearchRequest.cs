using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>A search (section 8): an evaluation with one part left open.</summary>
internal sealed record SearchRequest
{
    public required SearchEntity Subject { get; init; }

    public EvaluationAction? Action { get; init; }

    public required SearchEntity Resource { get; init; }

    public JsonElement? Context { get; init; }

    public SearchPage? Page { get; init; }

    /// <summary>The evaluation with the open part filled; null and what is missing where another part is open too.</summary>
    public EvaluationRequest? With(SearchKind kind, string candidate, out string obstacle)
    {
        var subject = kind == SearchKind.Subject ? candidate : Subject.Id;
        var resource = kind == SearchKind.Resource ? candidate : Resource.Id;
        var action = kind == SearchKind.Action ? new EvaluationAction(candidate) : Action;
        obstacle = subject is null ? "subject.id is missing" : resource is null ? "resource.id is missing" : action is null ? "action is missing" : "";
        return obstacle.Length > 0 ? null : new EvaluationRequest
        {
            Subject = new EvaluationEntity(Subject.Type, subject!, Subject.Properties),
            Action = action!,
            Resource = new EvaluationEntity(Resource.Type, resource!, Resource.Properties),
            Context = Context,
        };
    }
}
