using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Login;

/// <summary>An authenticator of software, which can be told to lie: what a browser or a device would never do, an attacker's program does.</summary>
internal sealed class SoftPasskey : IDisposable
{
    private readonly ECDsa _key;

    public SoftPasskey()
        : this(ECDsa.Create(ECCurve.NamedCurves.nistP256), RandomNumberGenerator.GetBytes(32))
    {
    }

    private SoftPasskey(ECDsa key, byte[] id) => (_key, Id) = (key, id);

    public byte[] Id { get; }

    public string? Handle { get; set; }

    public uint Counter { get; set; }

    public string Host { get; set; } = "localhost";

    /// <summary>User present and verified.</summary>
    public byte Flags { get; set; } = 0x05;

    /// <summary>The same key on another device, with the counter as it stands.</summary>
    public SoftPasskey Copy() => new(ECDsa.Create(_key.ExportParameters(true)), Id) { Handle = Handle, Counter = Counter, Host = Host };

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public JsonObject Make(JsonObject options, string origin)
    {
        Handle = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(options["user"]!["id"]!.GetValue<string>()));
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Authenticator((byte)(Flags | 0x40)), .. new byte[16], 0, (byte)Id.Length, .. Id, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(Client("webauthn.create", options["challenge"]!.GetValue<string>(), origin)),
            ["attestationObject"] = Text(attestation),
            ["transports"] = new JsonArray("internal", "made-up"),
        });
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public JsonObject Sign(JsonObject options, string origin, string? challenge = null, string type = "webauthn.get")
    {
        Counter++;
        var client = Client(type, challenge ?? options["challenge"]!.GetValue<string>(), origin);
        var data = Authenticator(Flags);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(_key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = Text(Encoding.UTF8.GetBytes(Handle!)),
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Authenticator(byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.ASCII.GetBytes(Host)), flags, .. counter];
    }

    private static byte[] Client(string type, string challenge, string origin) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["challenge"] = challenge, ["origin"] = origin, ["crossOrigin"] = false }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    private JsonObject Credential(JsonObject response) => new()
    {
        ["id"] = Text(Id), ["rawId"] = Text(Id), ["type"] = "public-key", ["response"] = response, ["clientExtensionResults"] = new JsonObject(),
    };

    private static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
