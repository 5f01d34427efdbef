" Scripts by name, by their first line, or by a loadmodule near the top: *.cfg is everybody's.
autocmd BufRead,BufNewFile opensips*.cfg,osips*.cfg,*.opensips.cfg,*.test.cfg set filetype=opensips
autocmd BufRead *.cfg if getline(1) =~# '^#!.*\<\%(opensips\|siskin\)\>' || match(getline(1, 200), '^\s*loadmodule\s\+"') >= 0 | set filetype=opensips | endif
