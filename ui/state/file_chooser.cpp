// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/file_chooser.h"

#include <QFileDialog>

namespace bothways::ui {

namespace {

void ask(QFileDialog *dialog, const FileChooser::Chosen &chosen)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, chosen);
    dialog->open();
}

} // namespace

void FileChooser::open(QWidget *parent, const QString &title, const QString &filter, const Chosen &chosen)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    ask(dialog, chosen);
}

void FileChooser::save(QWidget *parent, const QString &title, const QString &suggested, const QString &filter,
                       const Chosen &chosen)
{
    auto *dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggested);
    ask(dialog, chosen);
}

void FileChooser::folder(QWidget *parent, const QString &title, const Chosen &chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    ask(dialog, chosen);
}

} // namespace bothways::ui
