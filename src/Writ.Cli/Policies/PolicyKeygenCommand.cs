using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Governance.Policies.Signing;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy keygen</c>: a new key to sign bundles with. The private half goes into a file that only its owner may read, and nowhere else.</summary>
internal static class PolicyKeygenCommand
{
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file") { Description = "Where the private key goes; never overwritten." };
        var command = new Verb("keygen", "Make a key to sign bundles with: the private half into a file of mode 0600, the public half to register.",
            "writ policy keygen ~/.writ/publisher.key") { file };
        session.Run(command, (parse, screen, _) =>
        {
            if (!SecretKey.TryCreateFile(parse.GetRequiredValue(file), KeyPurpose.BundleSigningKey, out var secret, out var fault))
                return Task.FromResult(screen.Fail(new Trouble(ExitCode.BadInput, fault.Message)));
            using (secret)
            {
                using var key = Ed25519PrivateKey.FromSeed(secret.Bytes);
                var (id, text) = (PublisherKey.IdOf(key.PublicKey), key.PublicKey.ToString());
                screen.Facts([("key", id), ("public", text)]);
                screen.Note($"register it: writ policy key add {text} --label NAME");
                screen.Document(new JsonObject { ["key"] = id, ["public_key"] = text });
                return Task.FromResult(ExitCode.Done);
            }
        });
        return command;
    }
}
