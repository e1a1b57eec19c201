using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// How much harm a shell command can do, by its words: the worst class of all commands in it. What it does not understand is
/// <c>unknown</c>, the worst class. No command is an unknown one too.
/// </summary>
internal static class ShellDetector
{
    public static Value Detect(DetectorInput input)
    {
        if (input.Texts() is not { } texts)
            return DetectorInput.NoText;
        var survey = new ShellSurvey();
        foreach (var text in texts)
            survey.Script(text, 0);
        if (survey.Classes.Count == 0)
            survey.Add("unknown");
        return RecordValue.Of(
            ("class", ShellSurvey.Order.Last(survey.Classes.Contains)), ("classes", DetectorInput.Set(survey.Classes)),
            ("commands", DetectorInput.Set(survey.Commands)), ("privileged", survey.Privileged));
    }
}
