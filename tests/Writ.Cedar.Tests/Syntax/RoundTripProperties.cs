using Writ.Cedar.Tests.Generation;

namespace Writ.Cedar.Tests.Syntax;

public sealed class RoundTripProperties
{
    [Fact]
    public void Any_policy_survives_text_and_json_unchanged() =>
        Property.Holds(3_000, generate => Assert.Empty(RoundTrip.Failures(generate.Body())));

    [Fact]
    public void Any_set_with_templates_and_links_survives_json_unchanged() =>
        Property.Holds(300, generate => Assert.Empty(RoundTrip.Failures(generate.Set(6))));
}
