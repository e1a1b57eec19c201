namespace Writ.Governance.Admission;

/// <summary>A request that was let in. Disposing it, once, makes room for the next.</summary>
public sealed class AdmissionPass : IDisposable
{
    private readonly AdmissionControl.Entry _credential;
    private readonly AdmissionControl.Entry _organization;
    private AdmissionControl? _control;

    internal AdmissionPass(AdmissionControl control, AdmissionControl.Entry credential, AdmissionControl.Entry organization)
    {
        (_control, _credential, _organization) = (control, credential, organization);
    }

    public void Dispose() => Interlocked.Exchange(ref _control, null)?.Leave(_credential, _organization);
}
