using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Writ.Cli.Terminal;

/// <summary>
/// Where a command shows its answer: people get aligned text on standard output and problems on standard error, programs
/// (<c>--json</c>) exactly one JSON document on standard output, errors included. Strings are shown as they are, never read as
/// markup; what others wrote goes through <see cref="InertText"/> first. Not thread safe.
/// </summary>
internal sealed class Screen
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };
    private readonly IAnsiConsole _output;
    private readonly IAnsiConsole _error;
    private readonly TextWriter _raw;
    private readonly TextReader _input;
    private readonly bool _outputIsTerminal;

    public Screen(Session session, bool json)
    {
        Json = json;
        _raw = session.Output;
        _input = session.Input;
        _outputIsTerminal = session.OutputIsTerminal;
        _output = Open(session.Output, session.OutputIsTerminal);
        _error = Open(session.Error, session.ErrorIsTerminal);
    }

    /// <summary>Whether a program reads the answer.</summary>
    public bool Json { get; }

    /// <summary>The width in columns; very wide where nobody looks.</summary>
    public int Width => _output.Profile.Width;

    /// <summary>One line for people; programs do not see it.</summary>
    public void Line(string text = "", Look look = Look.Plain) => Write(_output, text, look);

    /// <summary>
    /// A text under a margin that every line of it keeps: whoever wrote the text cannot make it long enough to begin a line of its own.
    /// </summary>
    public void Wrapped(string first, string next, string text)
    {
        var room = Math.Max(20, Width - 1 - first.GetCellWidth());
        var line = new StringBuilder();
        var (margin, used) = (first, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var cells = rune.ToString().GetCellWidth();
            if (used + cells > room)
            {
                Line(margin + line);
                line.Clear();
                (margin, used) = (next, 0);
            }

            line.Append(rune.ToString());
            used += cells;
        }

        Line(margin + line);
    }

    /// <summary>Several pieces on one line.</summary>
    public void Pieces(params ReadOnlySpan<(string Text, Look Look)> pieces)
    {
        if (Json)
            return;
        var line = new Paragraph();
        foreach (var (text, look) in pieces)
            line.Append(text, StyleOf(look));
        WriteWhole(_output, line);
    }

    /// <summary>Rows under headings, aligned, without borders; cells are inert already or known to be harmless.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Json)
            return;
        var table = new Table().NoBorder();
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Text(heading, StyleOf(Look.Quiet))) { Padding = new Padding(0, 0, 2, 0), NoWrap = heading == "ID" });
        foreach (var row in rows)
            table.AddRow(row.Select(cell => (IRenderable)new Text(cell)));
        WriteBlock(table);
    }

    /// <summary>Names and values below each other, the values aligned.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        if (Json)
            return;
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        foreach (var (name, value) in facts)
            grid.AddRow(new Text(name, StyleOf(Look.Quiet)), new Text(value));
        WriteBlock(grid);
    }

    /// <summary>A note beside the answer, for people only, on standard error.</summary>
    public void Note(string text) => Write(_error, text, Look.Quiet);

    /// <summary>The one document of a program's answer.</summary>
    public void Document(JsonNode document)
    {
        if (!Json)
            return;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
            document.WriteTo(writer);
        _raw.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>Says what went wrong and returns how the command ends.</summary>
    public ExitCode Fail(Trouble trouble)
    {
        if (Json)
        {
            Document(new JsonObject { ["error"] = TroubleJson.Of(trouble) });
            return trouble.Exit;
        }

        var message = InertText.Of(trouble.Message);
        var error = new Paragraph().Append("error: ", StyleOf(Look.Bad)).Append(trouble.Code is null || message.Contains(trouble.Code, StringComparison.Ordinal) ? message : $"{message} ({InertText.Of(trouble.Code)})");
        WriteWhole(_error, error);
        foreach (var spot in trouble.Spots)
            Write(_error, $"  {InertText.Of(spot.Place)}: {(spot.Code is null ? "" : spot.Code + " ")}{InertText.Of(spot.Message)}", Look.Plain);
        if (trouble.Advice is { } advice)
            Write(_error, $"  {advice}", Look.Quiet);
        return trouble.Exit;
    }

    /// <summary>Asks for a plain yes; anything else, and the end of the input, is a no.</summary>
    public bool Confirm(string question)
    {
        _raw.Write($"{question} [y/N] ");
        _raw.Flush();
        return _input.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private void Write(IAnsiConsole console, string text, Look look)
    {
        if (!Json)
            WriteWhole(console, new Paragraph(text, StyleOf(look)));
    }

    /// <summary>Columns are filled up with blanks; where nobody looks, a line ends with its last word.</summary>
    private void WriteBlock(IRenderable block)
    {
        if (_outputIsTerminal)
        {
            _output.Write(block);
            return;
        }

        foreach (var line in string.Concat(block.GetSegments(_output).Select(segment => segment.Text)).TrimEnd('\n').Split('\n'))
            _raw.WriteLine(line.TrimEnd());
    }

    private static void WriteWhole(IAnsiConsole console, Paragraph line)
    {
        console.Write(line);
        console.WriteLine();
    }

    private static Style StyleOf(Look look) => look switch
    {
        Look.Quiet => new Style(foreground: Color.Grey),
        Look.Strong => new Style(decoration: Decoration.Bold),
        Look.Good => new Style(foreground: Color.Green),
        Look.Bad => new Style(foreground: Color.Red),
        Look.Held => new Style(foreground: Color.Yellow),
        _ => Style.Plain,
    };

    private static IAnsiConsole Open(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = 10_000; // nobody looks: a line stays a line
        return console;
    }
}
