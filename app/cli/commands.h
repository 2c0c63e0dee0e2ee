// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "session/session.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace bothways::cli {

/// Exit statuses of contract.md.
enum Exit { NoFault = 0, Fault = 1, WrongUse = 2, CouldNotMeasure = 3, Interrupted = 130 };

struct DiagnoseOptions {
    std::string vm;
    std::string hostAddress;
    std::string interface;
    std::string connect;
    std::string guestReport;
    std::string ports = "22,80,443";
    std::string only;
    int deadline = 30; ///< seconds
    int listen = 0;    ///< seconds
    std::vector<std::string> captures;
    bool askRights = false;
    std::string session;
    std::string demo;
    std::string json;
    std::string html;
    std::string markdown;
    std::string pdf;
    bool redact = false;
    std::string save;
};

int diagnose(const DiagnoseOptions &options);
int list(const std::string &what, const std::string &connect, bool json);
int guestScript(const std::string &system, const std::vector<std::string> &hostAddresses);
int explain(const std::vector<std::string> &words, bool json);

// output.cpp
void print(const QString &text); ///< to standard output, UTF-8
void printBytes(const QByteArray &bytes);
/// Control characters replaced: what comes from outside must not reach the terminal as a command.
QString visible(QString text);
void complain(const QString &message); ///< one line on standard error: "bothways-cli: ..."
/// Writes to a temporary beside it, then renames. "-" is standard output. False, and a message that names the file, if it cannot.
bool writeFile(const QString &path, const QByteArray &bytes);

/// Progress on standard error while a diagnosis runs; silent where that is no terminal.
session::EventSink progressSink();
void endProgress();

// printing.cpp, printing_none.cpp
/// One that knows fonts where the command line asks for a PDF.
std::unique_ptr<QCoreApplication> application(int &argc, char **argv);
/// Empty: this build cannot print.
std::optional<QByteArray> pdf(const conclusion::Conclusion &conclusion);

// console_posix.cpp, console_windows.cpp
bool outputIsTerminal();
bool errorIsTerminal();

/// SIGINT and SIGTERM (Ctrl-C on Windows) become a stop request. Create it before any other thread.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;
    static std::stop_token token();
    static bool happened() { return token().stop_requested(); }
};

} // namespace bothways::cli
