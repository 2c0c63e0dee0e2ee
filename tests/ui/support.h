// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "person.h"
#include "state/engine.h"
#include "state/file_chooser.h"
#include "wizard/wizard_program.h"

#include <QApplication>
#include <QImage>
#include <QWidget>

#include <functional>
#include <memory>

namespace bothways::ui::test {

/// One VM behind libvirt's NAT whose nftables drops echo requests; both ends were read. `name` is the VM's.
evidence::Evidence guestDropsEcho(const QString &name = QStringLiteral("db7"));
/// The same pair after the rule is gone.
evidence::Evidence mended(const QString &name = QStringLiteral("db7"));
evidence::Inventory inventory(const QString &name = QStringLiteral("db7"));

/// A world in which every run gives `evidence` at once.
Engine engineGiving(evidence::Evidence evidence);
/// The first run is that of `first`; each later one is `later`.
Engine engineInTurn(Engine first, const decltype(Engine::run) &later);

/// Answers every question for a file name with `path`.
class FixedChooser : public FileChooser {
public:
    QString path;
    void open(QWidget *, const QString &, const QString &, const Chosen &chosen) override { chosen(path); }
    void save(QWidget *, const QString &, const QString &, const QString &, const Chosen &chosen) override { chosen(path); }
    void folder(QWidget *, const QString &, const Chosen &chosen) override { chosen(path); }
};

/// How many pixels of the picture have exactly this colour.
int pixelsOf(const QImage &image, const QColor &colour);

/// The wizard as the program opens it, on the engine given.
struct Wizard {
    explicit Wizard(Engine engine);
    ~Wizard();
    Wizard(const Wizard &) = delete;
    Wizard &operator=(const Wizard &) = delete;

    FixedChooser files;
    std::unique_ptr<WizardProgram> program;
    LanguageChoice *language; ///< these three are the program's
    Controller *controller;
    MainWindow *window;

    template <typename Type>
    Type *find(const char *objectName) const
    {
        return child(QString::fromLatin1(objectName))->template findChild<Type *>(QString::fromLatin1(objectName));
    }
    void click(const char *objectName) const;
    QString textOf(const char *objectName) const;
    /// Chooses the VM and runs; returns when concluded.
    void diagnose(const QString &vm = QStringLiteral("db7"));

private:
    QWidget *child(const QString &objectName) const; ///< the window; fails the test if there is no such child
};

} // namespace bothways::ui::test
