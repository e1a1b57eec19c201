using Writ.Identity.Delegation;
using Writ.Identity.Delegation.Constraints;

namespace Writ.Identity.Tests.Delegation;

/// <summary>Law 5: authority, money and scope only narrow along a chain.</summary>
public sealed class DelegationLawTests
{
    private const int Chains = 100_000;

    [Fact]
    public void Of_100000_random_valid_chains_all_are_accepted()
    {
        var refused = 0;
        Parallel.For(0, Environment.ProcessorCount, part =>
        {
            var (chain, terms) = (new TestChain(), new RandomTerms(new Random(part)));
            for (var i = part; i < Chains;)
            {
                // Every prefix of a chain is a chain.
                var current = terms.Root(chain.Terms);
                List<string> tokens = [chain.Root(current)];
                var parent = TestChain.Read(tokens[0]);
                for (var depth = 1; depth < 5 && i < Chains; depth++, i += Environment.ProcessorCount)
                {
                    current = terms.Narrower(current);
                    tokens.Add(chain.Forge(parent, depth, current));
                    if (chain.Verifier.TryVerify(tokens, out var verified) != DelegationFault.None)
                        Interlocked.Increment(ref refused);
                    parent = verified?.Leaf ?? parent;
                }
            }
        });
        Assert.Equal(0, refused);
    }

    [Fact]
    public void Of_100000_random_chains_with_a_widening_somewhere_none_is_accepted()
    {
        var accepted = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, Environment.ProcessorCount, part =>
        {
            var (chain, terms) = (new TestChain(), new RandomTerms(new Random(1_000 + part)));
            for (var i = part; i < Chains;)
            {
                var current = terms.Root(chain.Terms);
                List<string> tokens = [chain.Root(current)];
                var parent = TestChain.Read(tokens[0]);
                for (var depth = 1; depth < 5 && i < Chains; depth++, i += Environment.ProcessorCount)
                {
                    var narrower = terms.Narrower(current);
                    var (what, wider) = terms.Wider(current, narrower);
                    if (chain.Verifier.TryVerify([.. tokens, chain.Forge(parent, depth, wider)], out _) == DelegationFault.None)
                        accepted.Add(what);
                    tokens.Add(chain.Forge(parent, depth, current = narrower));
                    Assert.Equal(DelegationFault.None, chain.Verifier.TryVerify(tokens, out var verified));
                    parent = verified!.Leaf;
                }
            }
        });
        Assert.Empty(accepted.Distinct());
    }

    [Fact]
    public void What_a_constraint_is_said_to_cover_it_allows()
    {
        var terms = new RandomTerms(new Random(7));
        var (covered, told) = (0, 0);
        for (var i = 0; i < 50_000; i++)
        {
            var wide = terms.Constraint();
            var narrow = i % 2 == 0 ? terms.Constraint() : terms.Narrower(wide);
            if (!new Subsumption().Covers(wide, narrow))
                continue;
            covered++;
            for (var j = 0; j < 20; j++)
            {
                var value = terms.Value();
                if (!narrow.Allows(value))
                    continue;
                told++;
                Assert.True(wide.Allows(value), $"{narrow.Type} is within {wide.Type}, and {value} only within the first");
            }
        }

        Assert.True(covered > 10_000 && told > 10_000, $"{covered} were covered and {told} values asked: the law was hardly tried");
    }

    [Fact]
    public void With_any_one_byte_of_it_changed_a_chain_is_refused()
    {
        var (chain, terms) = (new TestChain(), new RandomTerms(new Random(3)));
        var current = terms.Root(chain.Terms);
        List<string> tokens = [chain.Root(current)];
        for (var depth = 1; depth < 4; depth++)
            tokens.Add(chain.Derive(tokens[^1], depth, current = terms.Narrower(current)));
        Assert.Equal(DelegationFault.None, chain.Verifier.TryVerify(tokens, out _));

        for (var token = 0; token < tokens.Count; token++)
        {
            for (var i = 0; i < tokens[token].Length; i++)
            {
                foreach (var bit in (ReadOnlySpan<int>)[1, 2, 4, 32])
                {
                    var altered = tokens.ToArray();
                    altered[token] = tokens[token][..i] + (char)(tokens[token][i] ^ bit) + tokens[token][(i + 1)..];
                    Assert.True(chain.Verifier.TryVerify(altered, out _) != DelegationFault.None, $"token {token}, character {i}, bit {bit}");
                }
            }
        }
    }
}
