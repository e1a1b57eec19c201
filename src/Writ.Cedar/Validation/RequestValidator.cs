using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation;

/// <summary>Checks requests against a schema.</summary>
internal sealed class RequestValidator(Schema schema, Findings findings)
{
    private readonly Conformance _conformance = new(schema, findings);

    public void Check(Request request)
    {
        if (!schema.Actions.TryGetValue(request.Action, out var action))
            findings.Add(FindingKind.UnknownAction, $"the action is {request.Action}, which the schema does not declare{Names.SuggestAction(schema, request.Action, findings.Suggestions)}");
        Party("principal", request.Principal, action, action?.Principals ?? []);
        Party("resource", request.Resource, action, action?.Resources ?? []);
        if (action is not null)
            _conformance.Record(request.Context, action.Context, "context");
    }

    private void Party(string role, EntityUid uid, SchemaAction? action, ImmutableArray<EntityTypeName> types)
    {
        if (!schema.EntityTypes.ContainsKey(uid.Type))
            findings.Add(FindingKind.UnknownEntityType, $"the {role} is {uid}, of a type that the schema does not declare{Names.SuggestType(schema, uid.Type, findings.Suggestions)}");
        else if (action is not null && !types.Contains(uid.Type))
            findings.Add(FindingKind.NotApplicable, $"the {role} is {uid}, and {action.Uid} applies to {(types.IsEmpty ? "none" : string.Join(", ", types))}");
        else
            _conformance.Entity(uid, "the " + role);
    }
}
