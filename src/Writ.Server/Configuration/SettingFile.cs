using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Writ.Server.Configuration;

/// <summary>
/// Reads <c>writ.yaml</c> event by event, so that every value keeps its line and column. Only mappings with plain keys and scalar
/// values are known: anchors, aliases, tags, sequences and further documents are errors.
/// </summary>
internal sealed class SettingFile(string path, string? home, List<ConfigurationProblem> problems)
{
    private const int MaxBytes = 64 * 1024;
    private readonly List<SettingText> _values = [];

    public IReadOnlyList<SettingText> Read()
    {
        if (ReadText() is not { } text)
            return [];
        try
        {
            ReadStream(new Parser(new StringReader(text)));
        }
        catch (YamlException wrong)
        {
            Add(ProblemCodes.NotYaml, wrong.Start, $"this is not YAML: {Message(wrong)}");
        }
        catch (Exception garbage) when (garbage is EndOfStreamException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What YamlDotNet 16.3 does, instead of a YamlException, on some texts that are far from YAML.
            problems.Add(new(ProblemCodes.NotYaml, path, $"this is not YAML: {garbage.Message}"));
        }

        return _values;
    }

    private string? ReadText()
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
                problems.Add(new(ProblemCodes.FileUnreadable, path, $"the file is longer than {MaxBytes / 1024} KiB: this is not a writ.yaml"));
            else if (bytes.AsSpan(0, length).Contains((byte)0)) // the scanner takes it for the end, and would drop what follows
                problems.Add(new(ProblemCodes.FileUnreadable, path, "the file holds a NUL byte: this is not text"));
            else
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new(ProblemCodes.FileUnreadable, path, "the file is not UTF-8"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var why = failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message;
            problems.Add(new(ProblemCodes.FileUnreadable, path, why));
        }

        return null;
    }

    private void ReadStream(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return;
        parser.Consume<DocumentStart>();
        if (parser.Accept<Scalar>(out var only) && only is { Value: "", Style: ScalarStyle.Plain })
            parser.Consume<Scalar>();
        else
            ReadSection(parser, "");
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
            Add(ProblemCodes.NotYaml, parser.Current!.Start, "a second document starts here: writ.yaml holds one");
    }

    private void ReadSection(Parser parser, string section)
    {
        if (!parser.Accept<MappingStart>(out var start))
        {
            var name = section.Length == 0 ? "writ.yaml" : $"'{section}'";
            Add(ProblemCodes.WrongType, parser.Current!.Start,
                $"{name} is {Kind(parser.Current)}; expected a mapping with keys such as '{Settings.NamesIn(section).First()}:'");
            Skip(parser);
            return;
        }

        RefuseProperties(start);
        parser.MoveNext();
        var seen = new Dictionary<string, Mark>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
            ReadEntry(parser, section, seen);
    }

    private void ReadEntry(Parser parser, string section, Dictionary<string, Mark> seen)
    {
        if (!parser.TryConsume<Scalar>(out var name))
        {
            Add(ProblemCodes.WrongType, parser.Current!.Start, $"a key is {Kind(parser.Current)}; expected a word");
            Skip(parser);
            Skip(parser);
            return;
        }

        RefuseProperties(name);
        var key = section.Length == 0 ? name.Value : $"{section}.{name.Value}";
        if (!seen.TryAdd(name.Value, name.Start))
        {
            Add(ProblemCodes.DuplicateKey, name.Start, $"'{key}' is given twice, first on line {seen[name.Value].Line}; remove one");
            Skip(parser);
        }
        else if (name.Value.Contains('.'))
        {
            Add(ProblemCodes.UnknownKey, name.Start, $"unknown key '{name.Value}'; keys are nested, one word a level, not dotted");
            Skip(parser);
        }
        else if (Settings.IsSection(key))
            ReadSection(parser, key);
        else if (Settings.IsKey(key))
            ReadValue(parser, key);
        else
        {
            Add(ProblemCodes.UnknownKey, name.Start, UnknownKeys.Message(key));
            Skip(parser);
        }
    }

    private void ReadValue(Parser parser, string key)
    {
        var expected = Settings.All.Single(s => s.Key == key).Expected;
        if (!parser.TryConsume<Scalar>(out var value))
        {
            Add(ProblemCodes.WrongType, parser.Current!.Start, $"'{key}' is {Kind(parser.Current)}; expected {expected}");
            Skip(parser);
            return;
        }

        RefuseProperties(value);
        if (value is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" })
            Add(ProblemCodes.WrongType, value.Start, $"'{key}' has no value; expected {expected}");
        else
            _values.Add(new(key, value.Value, path, Path.GetDirectoryName(path)!, home, (int)value.Start.Line, (int)value.Start.Column));
    }

    private void RefuseProperties(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty || !node.Tag.IsEmpty)
            Add(ProblemCodes.NotYaml, node.Start, "anchors (&), and tags (!), are not known here: write the value itself");
    }

    /// <summary>Passes over one node of any depth, without recursion.</summary>
    private static void Skip(Parser parser)
    {
        var depth = 0;
        do
        {
            depth += parser.Current!.NestingIncrease;
            parser.MoveNext();
        }
        while (depth > 0);
    }

    private static string Kind(ParsingEvent? found) => found switch
    {
        SequenceStart => "a list",
        MappingStart => "a mapping",
        AnchorAlias => "an alias (*)",
        Scalar { Value: "" } => "empty",
        Scalar => "a single value",
        _ => "something else",
    };

    private void Add(string code, Mark at, string message) => problems.Add(new(code, path, message, (int)at.Line, (int)at.Column));

    private static string Message(YamlException wrong)
    {
        var text = (wrong.InnerException ?? wrong).Message;
        return text.StartsWith("(Line", StringComparison.Ordinal) ? text[(text.IndexOf("): ", StringComparison.Ordinal) + 3)..] : text;
    }
}
