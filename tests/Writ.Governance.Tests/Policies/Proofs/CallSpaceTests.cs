using Writ.Cedar.Analysis;
using Writ.Cedar.Values;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Proofs;

namespace Writ.Governance.Tests.Policies.Proofs;

/// <summary>What proofs believe to be there in every call is there in the poorest call that the gates ask policies about.</summary>
public sealed class CallSpaceTests
{
    [Fact]
    public async Task Whatever_a_proof_takes_for_certain_stands_in_a_call_that_says_as_little_as_it_can()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var request = await world.RequestAsync("look");
        var inquiry = request.Organization.Policy.Snapshot.Inquire(request.Facts, request.Tool!, request.Arguments)!;
        var spaces = CallSpaces.Of(request.Organization, request.Organization.Policy.Snapshot.NamedFacts).Where(space => space.Action.Equals(inquiry.Request.Action))
            .Concat(CallSpaces.OfName(request.Tool!.ActionName)).ToArray();
        Assert.True(spaces.Length > 1);
        Assert.True(inquiry.Entities.TryGet(inquiry.Request.Principal, out var agent));
        var roots = new Dictionary<string, RecordValue> { ["principal"] = agent.Attributes, ["context"] = inquiry.Request.Context };
        foreach (var (path, domain) in spaces.SelectMany(space => space.Attributes).Where(attribute => attribute.Value.Required && !attribute.Key.StartsWith("context.args.", StringComparison.Ordinal)))
        {
            var value = Find(roots, path);
            Assert.True(value is not null, $"{path} is not there");
            Assert.True(domain.Types == ValueTypes.Any || (domain.Types & TypeOf(value)) != 0, $"{path} is a {value.TypeName}, not {domain.Types}");
            Assert.True(domain.OneOf.IsEmpty || domain.OneOf.Contains(value), $"{path} is {value}");
        }

        foreach (var (copy, source) in spaces.SelectMany(space => space.Copies))
            Assert.Equal(Find(roots, source), Find(roots, copy));
    }

    private static Value? Find(Dictionary<string, RecordValue> roots, string path)
    {
        var names = path.Split('.');
        Value? value = roots[names[0]];
        foreach (var name in names[1..])
            value = value is RecordValue record && record.TryGet(name, out var next) ? next : null;
        return value;
    }

    private static ValueTypes TypeOf(Value value) =>
        value is EntityValue ? ValueTypes.Entity : Enum.Parse<ValueTypes>(value.TypeName, ignoreCase: true);
}
