using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Writ.Governance.Policies.Authoring;

/// <summary>
/// Reads YAML event by event into values that know their place. One document; anchors, aliases, tags and keys that stand twice are
/// errors. At most 32 levels.
/// </summary>
public sealed class YamlDocument
{
    private const int MaxDepth = 32;

    private readonly string _path;
    private readonly Action<PolicyProblem> _report;

    private YamlDocument(string path, Action<PolicyProblem> report) => (_path, _report) = (path, report);

    /// <summary>The document; null where it cannot be read, which is then reported under the path.</summary>
    public static YamlValue? Read(string path, string text, Action<PolicyProblem> report) => new YamlDocument(path, report).Read(text);

    private YamlValue? Read(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) // the scanner takes it for the end, and would drop what follows
            return Wrong(default, "holds a NUL byte: this is not text");
        try
        {
            var parser = new Parser(new StringReader(text.TrimStart('\uFEFF')));
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

    private YamlValue? ReadMap(Parser parser, Mark at, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadValue(parser, depth + 1) is not { } read)
                return null;
            if (read is not YamlValue.Text key)
                return Wrong(at, $"a key is {read.Kind}; expected a word");
            if (!seen.Add(key.Value))
                return Wrong(new Mark(0, key.Line, key.Column), $"'{key.Value}' is given twice; remove one");
            if (ReadValue(parser, depth + 1) is not { } value)
                return null;
            entries.Add(new YamlEntry(key.Value, key.Line, key.Column, value));
        }

        return new YamlValue.Map(entries.ToImmutable(), (int)at.Line, (int)at.Column);
    }

    private YamlValue? Wrong(Mark at, string message)
    {
        _report(new PolicyProblem(_path, (int)at.Line, (int)at.Column, message));
        return null;
    }
}
