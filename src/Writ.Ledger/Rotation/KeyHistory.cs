using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Writ.Crypto.Signing;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Rotation;

/// <summary>
/// The keys that signed an installation's checkpoints, one after the other. Each change is a statement in a signed note, under the key that
/// went and the key that came: whoever trusts one key of the row can follow it to the others. Immutable, thread safe.
/// </summary>
/// <remarks>
/// A key that is stolen after it went can state another successor. The row is therefore worth what the place is worth that it comes from:
/// the control log of the installation records each change under the old key.
/// </remarks>
public sealed class KeyHistory
{
    /// <summary>The longest row that is read, in bytes.</summary>
    public const int MaxLength = 256 * 1024;

    private const string Header = "writ-key-rotation/v1";
    private const string Separator = "\n---\n";

    private readonly IReadOnlyList<SignedNote> _statements;

    private KeyHistory(IReadOnlyList<Ed25519PublicKey> keys, IReadOnlyList<SignedNote> statements) => (Keys, _statements) = (keys, statements);

    /// <summary>All keys, the first first; at least one.</summary>
    public IReadOnlyList<Ed25519PublicKey> Keys { get; }

    /// <summary>The key that signs now.</summary>
    public Ed25519PublicKey Current => Keys[^1];

    /// <summary>The row before any change.</summary>
    public static KeyHistory Of(Ed25519PublicKey key) => new([key], []);

    /// <summary>Reads a row. Where false, <paramref name="fault"/> says what is wrong with which statement.</summary>
    public static bool TryParse(ReadOnlySpan<byte> file, [NotNullWhen(true)] out KeyHistory? history, [NotNullWhen(false)] out LedgerFault? fault)
    {
        (history, fault) = (null, null);
        if (file.Length > MaxLength)
            return Refuse($"it is longer than {MaxLength} bytes", out fault);
        var keys = new List<Ed25519PublicKey>();
        var notes = new List<SignedNote>();
        foreach (var text in Encoding.UTF8.GetString(file).Split(Separator))
        {
            var number = notes.Count + 1;
            if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n"), out var note) || Statement(note.Text) is not (var name, var from, var to))
                return Refuse($"statement {number} is no signed key rotation", out fault);
            if (!note.IsSignedBy(NoteVerifierKey.ForLog(name, from)) || !note.IsSignedBy(NoteVerifierKey.ForLog(name, to)))
                return Refuse($"statement {number} is not signed by both the key that goes and the key that comes", out fault);
            if (keys.Count > 0 && !keys[^1].Equals(from))
                return Refuse($"statement {number} begins with another key than the one before ends with", out fault);
            if (keys.Count == 0)
                keys.Add(from);
            if (keys.Contains(to))
                return Refuse($"statement {number} brings back a key that went", out fault);
            keys.Add(to);
            notes.Add(note);
        }

        history = new KeyHistory(keys, notes);
        return true;
    }

    /// <summary>The row with one change more.</summary>
    /// <param name="name">The installation's name in the statement, such as its trust domain.</param>
    /// <param name="from">The key that goes; the row's current one.</param>
    /// <param name="to">The key that comes.</param>
    /// <param name="at">When.</param>
    /// <exception cref="ArgumentException"><paramref name="from"/> is not the current key, or <paramref name="to"/> was one before.</exception>
    public KeyHistory Rotate(string name, Ed25519PrivateKey from, Ed25519PrivateKey to, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (!from.PublicKey.Equals(Current))
            throw new ArgumentException("only the key that signs now can hand over", nameof(from));
        if (Keys.Contains(to.PublicKey))
            throw new ArgumentException("a key that went does not come back", nameof(to));
        var text = string.Create(CultureInfo.InvariantCulture, $"{Header}\n{name}\n{at.ToUnixTimeSeconds()}\n{Text(from.PublicKey)}\n{Text(to.PublicKey)}\n");
        var note = SignedNote.Sign(text, name, from);
        note = note.With([.. note.Signatures, .. SignedNote.Sign(text, name, to).Signatures]);
        return new KeyHistory([.. Keys, to.PublicKey], [.. _statements, note]);
    }

    /// <summary>The file; empty before any change.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Join(Separator, _statements.Select(note => Encoding.UTF8.GetString(note.ToBytes()).TrimEnd('\n'))) + (_statements.Count > 0 ? "\n" : ""));

    private static (string Name, Ed25519PublicKey From, Ed25519PublicKey To)? Statement(string text) =>
        text.Split('\n') is [Header, var name, var at, var from, var to, ""]
        && NoteText.IsName(name)
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && Key(from) is { } old && Key(to) is { } next
            ? (name, old, next)
            : null;

    private static Ed25519PublicKey? Key(string text) =>
        NoteText.FromBase64(text) is { } bytes && Ed25519PublicKey.TryParse(bytes, out var key) ? key : null;

    private static string Text(Ed25519PublicKey key) => Convert.ToBase64String(key.Bytes);

    private static bool Refuse(string why, out LedgerFault fault)
    {
        fault = new LedgerFault(LedgerFaultKind.KeyHistoryInvalid, $"the key history does not hold: {why}");
        return false;
    }
}
