using Writ.Ledger.Archiving;

namespace Writ.Server.Tests.Archiving;

public sealed class FolderArchiveTests : ArchiveTargetTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("writ-folder-");

    private protected override Task<IArchiveTarget> OpenAsync() => Task.FromResult<IArchiveTarget>(new FolderArchive(_folder.FullName));

    private protected override Task CloseAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
