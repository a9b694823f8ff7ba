; The installer for Windows, for one user or for all: makensis -DVERSION=… -DSTAGE=folder -DOUTPUT=file
; A 32-bit installer would also need the 32-bit part of Wine, and see another registry.
Target amd64-unicode
ManifestDPIAware true
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_INSTDIR "Windowsill"
!define MULTIUSER_USE_PROGRAMFILES64
!define UNINSTALLER "Software\Microsoft\Windows\CurrentVersion\Uninstall\Windowsill"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALLER}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALLER}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!include MultiUser.nsh
!include MUI2.nsh
!include WinMessages.nsh

Name "Windowsill"
OutFile "${OUTPUT}"
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Windowsill"
VIAddVersionKey FileDescription "Installer of Windowsill"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "The developers of Windowsill"

!define MUI_ICON "${STAGE}\windowsill.ico"
!define MUI_UNICON "${STAGE}\windowsill.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\windowsill-window.exe"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

Function .onInit
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section
  SetOutPath "$INSTDIR"
  File "${STAGE}\windowsill.exe" "${STAGE}\windowsill-window.exe" "${STAGE}\windowsill.ico"
  File "${STAGE}\README.md" "${STAGE}\changelog.md" "${STAGE}\LICENSE-MIT" "${STAGE}\LICENSE-APACHE"
  File "${STAGE}\THIRD-PARTY.html"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Windowsill.lnk" "$INSTDIR\windowsill-window.exe" "" "$INSTDIR\windowsill.ico"

  ; "windowsill" in a terminal and in the Run box.
  WriteRegStr SHCTX "Software\Microsoft\Windows\CurrentVersion\App Paths\windowsill.exe" "" "$INSTDIR\windowsill.exe"

  ; Plans open with a double click.
  WriteRegStr SHCTX "Software\Classes\.windowsill" "" "Windowsill.Plan"
  WriteRegStr SHCTX "Software\Classes\.windowsill" "Content Type" "application/x-windowsill-plan"
  WriteRegStr SHCTX "Software\Classes\Windowsill.Plan" "" "Windowsill plan"
  WriteRegStr SHCTX "Software\Classes\Windowsill.Plan\DefaultIcon" "" "$INSTDIR\windowsill.ico"
  WriteRegStr SHCTX "Software\Classes\Windowsill.Plan\shell\open\command" "" '"$INSTDIR\windowsill-window.exe" "%1"'

  WriteRegStr SHCTX "${UNINSTALLER}" "DisplayName" "Windowsill"
  WriteRegStr SHCTX "${UNINSTALLER}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALLER}" "DisplayIcon" "$INSTDIR\windowsill.ico"
  WriteRegStr SHCTX "${UNINSTALLER}" "Publisher" "The developers of Windowsill"
  WriteRegStr SHCTX "${UNINSTALLER}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALLER}" "InstallMode" "$MultiUser.InstallMode"
  WriteRegStr SHCTX "${UNINSTALLER}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALLER}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALLER}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALLER}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section Uninstall
  Delete "$SMPROGRAMS\Windowsill.lnk"
  Delete "$INSTDIR\windowsill.exe"
  Delete "$INSTDIR\windowsill-window.exe"
  Delete "$INSTDIR\windowsill.ico"
  Delete "$INSTDIR\README.md"
  Delete "$INSTDIR\changelog.md"
  Delete "$INSTDIR\LICENSE-MIT"
  Delete "$INSTDIR\LICENSE-APACHE"
  Delete "$INSTDIR\THIRD-PARTY.html"
  Delete "$INSTDIR\uninstall.exe"
  ; Only the program's own files: somebody may keep plans there.
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "Software\Microsoft\Windows\CurrentVersion\App Paths\windowsill.exe"
  DeleteRegKey SHCTX "Software\Classes\.windowsill"
  DeleteRegKey SHCTX "Software\Classes\Windowsill.Plan"
  DeleteRegKey SHCTX "${UNINSTALLER}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
