using System.Diagnostics;
using System.Globalization;
using Writ.Crypto.Jose;
using Writ.Crypto.Json;
using Writ.Crypto.Signing;
using Writ.Identity.Delegation;
using Writ.Identity.Spiffe;

namespace Writ.Bench.Identity;

/// <summary>Delegation chains of a root and four hops, Ed25519, beside the bare signature verifications that they need. Medians, taken in turns.</summary>
internal static class ChainFigures
{
    private const int Hops = 4;
    private const int Runs = 400;
    private const string Issuer = "spiffe://bench.example";
    private const string Tool = "shop/refund";

    private static ReadOnlySpan<byte> Arguments => """{"amount":50,"order":7}"""u8;

    public static IEnumerable<Figure> Measure()
    {
        using var issuer = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var keys = Enumerable.Range(0, Hops + 1).Select(_ => JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate())).ToArray();
        var tokens = Chain(issuer, keys);
        var signatures = tokens.Select(token => CompactJws.TryParse(token, out var jws, out _) ? jws.Signature : throw new InvalidOperationException("no JWS")).ToArray();
        JsonWebKey[] signers = [issuer.VerificationKey, .. keys.Select(key => key.VerificationKey)];
        var known = new ChainVerifier(Issuer, issuer.VerificationKey, TimeProvider.System);
        if (!Jcs.TryHash(Arguments, out var hash, out _) || known.TryVerify(tokens, out _) != DelegationFault.None)
            throw new InvalidOperationException("the chain does not verify");

        var (bare, anew, proofs, again) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            bare.Add(Time(() =>
            {
                for (var i = 0; i < signatures.Length; i++)
                    Must(signers[i].Verify(JoseAlgorithm.EdDsa, signatures[i].SigningInput.Span, signatures[i].Value.Span));
            }));
            // Other tokens of the same agents: their keys are known, their signatures are not.
            var others = Chain(issuer, keys);
            anew.Add(Time(() => Must(known.TryVerify(others, out _) == DelegationFault.None)));

            var proof = PossessionProof.Make(tokens[^1], Tool, Arguments, Issuer, keys[^1], TimeProvider.System);
            var signature = CompactJws.TryParse(proof, out var jws, out _) ? jws.Signature : throw new InvalidOperationException("no JWS");
            proofs.Add(Time(() => Must(signers[^1].Verify(JoseAlgorithm.EdDsa, signature.SigningInput.Span, signature.Value.Span))));
            again.Add(Time(() =>
            {
                Must(known.TryVerify(tokens, out var found) == DelegationFault.None);
                Must(PossessionProof.Check(proof, found!.Leaf, Tool, hash, Issuer, TimeProvider.System.GetUtcNow(), out _) == DelegationFault.None);
            }));
        }

        var conditions = string.Create(CultureInfo.InvariantCulture, $"root and {Hops} hops, {tokens.Sum(token => token.Length):N0} bytes, median of {Runs}, load {Machine.Load()}");
        yield return new Figure("signatures of a chain", Median(bare), "us", null, true, conditions);
        yield return new Figure("a chain of known agents seen for the first time, of its signatures", Median(anew) / Median(bare), "ratio", 1.2, true, conditions);
        yield return new Figure("signature of a proof of possession", Median(proofs), "us", null, true, conditions);
        yield return new Figure("a known chain and its proof, beyond the proof's signature", Median(again) - Median(proofs), "us", 20, true, conditions);
    }

    private static string[] Chain(JsonWebSigningKey issuer, JsonWebSigningKey[] keys)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var terms = new DelegationTerms
        {
            Agent = Agent(),
            Organization = "default",
            Principal = "ada",
            Audiences = [Issuer],
            IssuedAt = now,
            Expires = now.AddHours(1),
            MaxDepth = Hops,
            Tools = DelegatedTools.Unconstrained(Tool, "shop/read"),
            Spend = new SpendLimit("USD", 1_000_000_000, 1_000_000),
            Calls = 1_000,
        };
        var tokens = new List<string> { DelegationSigner.Root(Issuer, "root", terms, keys[0].VerificationKey, issuer) };
        for (var hop = 1; hop <= Hops; hop++)
        {
            if (!DelegationSigner.TryDerive(tokens[^1], $"hop-{hop}", terms with { Agent = Agent(), Calls = 1_000 - hop }, keys[hop].VerificationKey, keys[hop - 1], out var token, out var fault))
                throw new InvalidOperationException(fault.ToString());
            tokens.Add(token);
        }

        return [.. tokens];
    }

    private static SpiffeId Agent() => SpiffeId.ForAgent("bench.example", Guid.NewGuid());

    private static double Time(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static void Must(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("what is measured does not verify");
    }
}
