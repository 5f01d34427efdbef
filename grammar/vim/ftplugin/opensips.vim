" Comments, blocks and words of opensips.cfg.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=s1:/*,mb:*,ex:*/,b:# suffixesadd=.cfg
setlocal cindent cinoptions=(1s,m1,:s,=s,L0,J1 cinkeys=0{,0},0),:,!^F,o,O,e
setlocal include=^\\s*\\%(include_file\\\|import_file\\)
let b:undo_ftplugin = 'setlocal commentstring< comments< suffixesadd< cindent< cinoptions< cinkeys< include<'
