using Writ.Cedar.Analysis;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;
using Writ.Cedar.Tests.Generation;

namespace Writ.Cedar.Tests.Analysis;

public sealed class AnalyzerLawTests
{
    private const int Requests = 40;

    [Fact]
    public void No_request_is_ever_found_by_chance_that_was_proved_impossible()
    {
        var impossible = 0;
        Property.Holds(150, generator =>
        {
            var store = generator.Store();
            var policies = generator.Set(3).Policies;
            for (var i = 0; i < 3; i++)
            {
                var request = generator.Request();
                // The principal may be anybody of its type, so it is none of the entities that are known.
                var fixedOnes = store.Entities.Where(entity => entity.Uid.Type.IsAction || entity.Uid.Equals(request.Resource)).ToArray();
                var known = Cedar.Store([.. fixedOnes.Select(entity => new Entity(entity.Uid, entity.Parents.Where(parent => fixedOnes.Any(other => other.Uid.Equals(parent))), entity.Attributes, entity.Tags))]);
                var space = new RequestSpace(request.Principal, request.Action, request.Resource, known);
                foreach (var claim in Claims(policies))
                {
                    switch (Analyzer.Find(claim, space, 4_000))
                    {
                        case SearchResult.Impossible:
                            impossible++;
                            for (var j = 0; j < Requests; j++)
                            {
                                var chance = new Writ.Cedar.Authorization.Request(request.Principal, request.Action, request.Resource, generator.Record(2));
                                if (Drawn(generator, known, chance.Principal) is { } entities)
                                    Assert.False(Analyzer.IsTrue(claim, chance, entities), string.Join('\n', policies.Select(policy => CedarText.Print(policy.Body)).Append(claim.ToString()).Append(chance.ToString())));
                            }

                            break;
                        case SearchResult.Found found:
                            Assert.True(Analyzer.IsTrue(claim, found.Request, found.Entities));
                            break;
                    }
                }
            }
        });
        Assert.True(impossible > 100, $"only {impossible} claims were proved impossible");
    }

    private static IEnumerable<Claim> Claims(IReadOnlyList<Policy> policies)
    {
        foreach (var policy in policies)
        {
            yield return new Claim.Satisfied(policy);
            yield return new Claim.Unsatisfied(policy);
            yield return new Claim.Not(Claim.Evaluates(policy));
            yield return new Claim.Not(new Claim.Satisfied(policy));
        }

        yield return Claim.Both(policies.Select(policy => new Claim.Satisfied(policy)));
        yield return Claim.Both(new Claim.Satisfied(policies[0]), new Claim.Not(new Claim.Satisfied(policies[^1])));
    }

    private static EntityStore? Drawn(PolicyGenerator generator, EntityStore known, EntityUid principal)
    {
        var others = generator.Store().Entities.Where(entity => !known.TryGet(entity.Uid, out _)).ToList();
        if (!known.TryGet(principal, out _) && others.TrueForAll(entity => !entity.Uid.Equals(principal)))
            others.Add(new Entity(principal, [], generator.Record(1)));
        return known.With(others) is EntityStoreResult.Built built ? built.Store : null;
    }
}
