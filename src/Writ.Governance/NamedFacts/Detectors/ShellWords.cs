using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// Takes a script apart as a POSIX shell does: quotes, <c>;</c>, <c>|</c>, <c>&amp;</c>, redirections, <c>$(…)</c> and backquotes. What needs more
/// than that (here-documents, functions, loops, arithmetic, history) has no reading.
/// </summary>
internal static class ShellWords
{
    private static readonly SearchValues<char> Expansions = SearchValues.Create("$`{(:/@!%#");

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "function", "select", "coproc", "[[", "{", "}", "!",
    };

    /// <summary>The commands; null where there is no reading.</summary>
    public static List<ShellCommand>? Read(string text)
    {
        var commands = new List<ShellCommand>();
        var words = ImmutableArray.CreateBuilder<string?>();
        var inner = ImmutableArray.CreateBuilder<string>();
        var (word, started, dynamic, writes, redirected) = (new StringBuilder(), false, false, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case ' ' or '\t':
                    EndWord();
                    break;
                case '\n' or ';' or '|' or '&':
                    if (c == '&' && i + 1 < text.Length && text[i + 1] == '>')
                        break;
                    if (!EndCommand())
                        return null;
                    break;
                case '\\':
                    if (++i == text.Length)
                        return null;
                    if (text[i] != '\n')
                        Append(text[i]);
                    break;
                case '\'':
                    var close = text.IndexOf('\'', i + 1);
                    if (close < 0 || (dynamic && text[i - 1] == '$'))
                        return null;
                    word.Append(text, i + 1, close - i - 1);
                    (started, i) = (true, close);
                    break;
                case '"':
                    if (!Quoted(ref i))
                        return null;
                    break;
                case '$' or '`':
                    if (!Substitution(ref i))
                        return null;
                    break;
                case '>' or '<':
                    if (!started || !int.TryParse(word.ToString(), out _))
                        EndWord();
                    else
                        (started, _) = (false, word.Clear());
                    if (i + 1 < text.Length && text[i + 1] is '(' || (c == '<' && i + 1 < text.Length && text[i + 1] == '<'))
                        return null;
                    if (c == '>' && i + 1 < text.Length && text[i + 1] is '>' or '|')
                        i++;
                    if (i + 2 < text.Length && text[i + 1] == '&' && char.IsAsciiDigit(text[i + 2]))
                    {
                        i += 2;
                        break;
                    }

                    writes |= c == '>' && !text.AsSpan(i + 1).TrimStart(' ').StartsWith("/dev/null", StringComparison.Ordinal);
                    redirected = true;
                    break;
                case '(' or ')' or '{' or '}' or '*' or '?' or '[' or '~' or '#' or '!':
                    // A pattern in an argument names files; in the place of a command it is one nobody knows.
                    if (c is '(' or ')' || (c == '#' && !started))
                        return null;
                    if (words.Count == 0 && !(c == '[' && !started))
                        dynamic = true;
                    if (c == '{' && words.Count > 0)
                        dynamic = true;
                    Append(c);
                    break;
                default:
                    if (char.IsControl(c))
                        return null;
                    Append(c);
                    break;
            }
        }

        return EndCommand() ? commands : null;

        void Append(char c) => (started, _) = (true, word.Append(c));

        void EndWord()
        {
            if (started && redirected)
                redirected = false;
            else if (started)
                words.Add(dynamic ? null : word.ToString());
            (started, dynamic) = (false, false);
            word.Clear();
        }

        bool EndCommand()
        {
            EndWord();
            if (words.FirstOrDefault() is { } first && Reserved.Contains(first))
                return false;
            if (words.Count > 0 || inner.Count > 0 || writes)
                commands.Add(new ShellCommand(words.DrainToImmutable(), inner.DrainToImmutable(), writes));
            (writes, redirected) = (false, false);
            return true;
        }

        bool Quoted(ref int i)
        {
            started = true;
            for (i++; i < text.Length; i++)
            {
                if (text[i] == '"')
                    return true;
                if (text[i] is '$' or '`')
                {
                    if (!Substitution(ref i))
                        return false;
                }
                else if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '$' or '`' or '"' or '\\')
                {
                    word.Append(text[++i]);
                }
                else
                {
                    word.Append(text[i]);
                }
            }

            return false;
        }

        bool Substitution(ref int i)
        {
            (started, dynamic) = (true, true);
            var open = i;
            if (text[i] == '`')
            {
                i = text.IndexOf('`', i + 1);
                if (i < 0 || text.AsSpan(open, i - open).Contains('\\'))
                    return false;
                inner.Add(text[(open + 1)..i]);
                return true;
            }

            if (i + 1 == text.Length || text[i + 1] is '\'' or '"' or '{')
                return i + 1 < text.Length && text[i + 1] == '{' && SkipBraces(ref i);
            if (text[i + 1] != '(')
                return true;
            // Where the closing parenthesis is cannot be told with quotes inside: then there is no reading.
            var end = text.IndexOf(')', i);
            if (end < 0 || text.AsSpan(i + 2, end - i - 2).ContainsAny("('\"\\"))
                return false;
            inner.Add(text[(i + 2)..end]);
            i = end;
            return true;
        }

        bool SkipBraces(ref int i)
        {
            var end = text.IndexOf('}', i);
            if (end < 0 || text.AsSpan(i + 2, end - i - 2).ContainsAny(Expansions))
                return false;
            i = end;
            return true;
        }
    }
}
