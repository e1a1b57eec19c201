using System.Text;
using System.Xml;
using Writ.Governance.Policies.Testing;

namespace Writ.Cli.Policies;

/// <summary>
/// Writes a report as the XML that JUnit made common: a suite a file of cases, a case each, and one more suite for the coverage of rules.
/// What XML cannot carry is replaced.
/// </summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };

    public static void Write(string path, string bundle, TestReport report)
    {
        using var xml = XmlWriter.Create(path, Settings);
        xml.WriteStartElement("testsuites");
        Attribute(xml, "name", bundle);
        Counts(xml, report.Results.Length, report.Failed, 0);
        foreach (var file in report.Results.GroupBy(result => result.Case.File))
            Suite(xml, file.Key, [.. file]);
        Coverage(xml, report);
        xml.WriteEndElement();
    }

    private static void Suite(XmlWriter xml, string file, IReadOnlyCollection<CaseResult> results)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", file);
        Counts(xml, results.Count, results.Count(result => !result.Passed), 0);
        foreach (var result in results)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "classname", file);
            Attribute(xml, "name", result.Case.Name);
            Attribute(xml, "file", result.Case.File);
            xml.WriteAttributeString("line", XmlConvert.ToString(result.Case.Line));
            if (!result.Passed)
            {
                xml.WriteStartElement("failure");
                Attribute(xml, "message", result.Mismatches[0]);
                xml.WriteString(Clean(string.Join('\n', result.Mismatches)));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>A rule that the cases do not cover is skipped, not failed: whether it has to be is for the command's flag to say.</summary>
    private static void Coverage(XmlWriter xml, TestReport report)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", "coverage of rules");
        Counts(xml, report.Coverage.Length, 0, report.Uncovered.Count());
        foreach (var rule in report.Coverage)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "classname", "coverage");
            Attribute(xml, "name", rule.Rule.Name);
            if (!rule.IsCovered)
            {
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", rule.Satisfied == 0 ? "no case shows it holding" : "no case shows it not holding");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, int tests, int failures, int skipped)
    {
        xml.WriteAttributeString("tests", XmlConvert.ToString(tests));
        xml.WriteAttributeString("failures", XmlConvert.ToString(failures));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", XmlConvert.ToString(skipped));
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value is '\n' or '\t' or >= 0x20 and not (0xFFFE or 0xFFFF) ? rune.ToString() : "\uFFFD"));
}
