using System.Collections.Immutable;
using System.Text;
using Writ.Governance.Policies;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Writ.Cli.Policies.Cases;

/// <summary>
/// Reads a YAML file event by event into values that know their place. One document; anchors, aliases, tags and keys that stand twice are
/// errors. At most 4 MiB and 32 levels.
/// </summary>
internal sealed class YamlFile(string path, List<PolicyProblem> problems)
{
    private const int MaxBytes = 4 << 20;
    private const int MaxDepth = 32;

    /// <summary>The document; null where it cannot be read, which is then among the problems.</summary>
    public YamlValue? Read()
    {
        if (ReadText() is not { } text)
            return null;
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return Wrong(new Mark(1, 1, 1), "the file is empty");
            parser.Consume<DocumentStart>();
            var value = ReadValue(parser, 0);
            if (value is null)
                return null;
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _) ? value : Wrong(parser.Current!.Start, "a second document starts here: a file holds one");
        }
        catch (YamlException wrong)
        {
            return Wrong(wrong.Start, $"this is not YAML: {(wrong.InnerException ?? wrong).Message}");
        }
        catch (Exception garbage) when (garbage is EndOfStreamException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What YamlDotNet 16.3 does, instead of a YamlException, on some texts that are far from YAML.
            return Wrong(default, $"this is not YAML: {garbage.Message}");
        }
    }

    private string? ReadText()
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
                problems.Add(new PolicyProblem(path, 0, 0, $"is longer than {MaxBytes >> 20} MiB"));
            else if (bytes.AsSpan(0, length).Contains((byte)0))
                problems.Add(new PolicyProblem(path, 0, 0, "holds a NUL byte: this is not text"));
            else
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new PolicyProblem(path, 0, 0, "is not UTF-8"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new PolicyProblem(path, 0, 0, failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message));
        }

        return null;
    }

    private YamlValue? ReadValue(Parser parser, int depth)
    {
        var at = parser.Current!.Start;
        if (depth > MaxDepth)
            return Wrong(at, $"nests deeper than {MaxDepth} levels");
        if (parser.Current is AnchorAlias || parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
            return Wrong(at, "anchors (&), aliases (*) and tags (!) are not known here: write the value itself");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlValue.Text(scalar.Value, scalar.Style == ScalarStyle.Plain, (int)at.Line, (int)at.Column);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = ImmutableArray.CreateBuilder<YamlValue>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                if (ReadValue(parser, depth + 1) is not { } item)
                    return null;
                items.Add(item);
            }

            return new YamlValue.List(items.ToImmutable(), (int)at.Line, (int)at.Column);
        }

        parser.Consume<MappingStart>();
        return ReadMap(parser, at, depth);
    }

    private YamlValue.Map? ReadMap(Parser parser, Mark at, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadValue(parser, depth + 1) is not { } read)
                return null;
            if (read is not YamlValue.Text key)
                return (YamlValue.Map?)Wrong(at, $"a key is {read.Kind}; expected a word");
            if (!seen.Add(key.Value))
                return (YamlValue.Map?)Wrong(new Mark(0, key.Line, key.Column), $"'{key.Value}' is given twice; remove one");
            if (ReadValue(parser, depth + 1) is not { } value)
                return null;
            entries.Add(new YamlEntry(key.Value, key.Line, key.Column, value));
        }

        return new YamlValue.Map(entries.ToImmutable(), (int)at.Line, (int)at.Column);
    }

    private YamlValue? Wrong(Mark at, string message)
    {
        problems.Add(new PolicyProblem(path, (int)at.Line, (int)at.Column, message));
        return null;
    }
}
