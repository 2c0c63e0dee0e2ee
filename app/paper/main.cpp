// SPDX-License-Identifier: GPL-3.0-or-later
// Usage: bothways-print LANGUAGE [CHECK...]
// The session on standard input becomes a PDF on standard output, of these checks alone where any are named. For bothways-cli.
// Exit: 0 printed, 2 wrong use, 3 not, and standard error says why.
#include "evidence/input_file.h"
#include "evidence/session_file.h"
#include "report/print/pdf.h"
#include "resources/embedded.h"

#include <QFile>

#include <cstdio>

using namespace bothways;

namespace {

int fail(const QString &why)
{
    std::fputs(qUtf8Printable(u'\n' + why), stderr); // Qt may have said something, too
    return 3;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    const auto application = report::printingApplication(argv);
    resources::load();
    static_cast<void>(resources::useLanguage(QString::fromUtf8(argv[1])));
    QStringList only;
    for (int i = 2; i < argc; ++i) {
        only << QString::fromUtf8(argv[i]);
    }
    QFile input;
    QFile output;
    if (!input.open(stdin, QIODevice::ReadOnly) || !output.open(stdout, QIODevice::WriteOnly)) {
        return fail(input.errorString());
    }
    const auto evidence = evidence::fromBytes(evidence::readToEnd(input, evidence::maximumSessionBytes));
    if (!evidence) {
        return fail(evidence.error().message);
    }
    const auto paper = report::toPdf(conclusion::conclude(*evidence, only));
    return output.write(paper) == paper.size() && output.flush() ? 0 : fail(output.errorString());
}
